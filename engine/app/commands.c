/* All commands. A new one is a file command_NAME.c and a row here. */
#include "app/commands.h"

const struct command *const commands[] = {
    &command_new,
    &command_check,
    &command_kit,
    &command_play,
    &command_serve,
    &command_orgs,
    &command_roles,
    &command_rules,
    &command_list,
    &command_show,
    &command_log,
    &command_score,
    &command_metrics,
    &command_skills,
    &command_retest,
    &command_plan,
    &command_readiness,
    &command_evidence,
    &command_lead,
    &command_report,
    &command_verify,
    &command_backup,
    &command_bundle,
    &command_forget,
    &command_delete,
    &command_docs,
    &command_help,
    &command_version,
};
const int command_count = sizeof(commands) / sizeof(commands[0]);
