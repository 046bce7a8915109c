/* People outside the seats: how they can be reached, and when. */
#ifndef LOAD_PEOPLE_H
#define LOAD_PEOPLE_H

#include "load/form.h"

extern const struct form people_form;         /* fills struct def_stakeholder */
extern const struct form people_contact_form; /* so does this, for an organisation's contacts */
extern const struct form people_hours_form;

/* `hours: {days: mon-fri, from: 08:30, to: 17:15}` or a list of such; target is a
 * struct def_stakeholder. */
form_read people_read_hours;

/* What can only be said when all of them are read: that nobody has a seat too, and that nothing is
 * forwarded in a circle. */
void people_check(struct loader *loader, const struct tree_node *stakeholders);

#endif
