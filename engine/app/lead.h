/* What a lead's pages are told: this very program's commands over the record, run as children, and
 * the plan, which is changed here. docs/leads.md */
#ifndef APP_LEAD_H
#define APP_LEAD_H

#include "web/host.h"

/* Sets the host's functions that concern the whole record; its self is the struct serve. */
void lead_host(struct web_host *host);

#endif
