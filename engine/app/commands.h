/* The commands, in the order in which help lists them: one file each. */
#ifndef APP_COMMANDS_H
#define APP_COMMANDS_H

#include "app/command.h"

extern const struct command command_check, command_play, command_serve, command_log, command_score,
    command_report, command_verify, command_list, command_lead, command_show, command_backup,
    command_bundle, command_forget, command_delete, command_new, command_orgs, command_docs,
    command_help, command_version, command_roles, command_rules, command_metrics, command_kit,
    command_skills, command_retest, command_plan, command_readiness, command_evidence;

#endif
