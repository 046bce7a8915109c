/* Handlers: what each route does with a request that was let in. */
#ifndef WEB_HANDLE_H
#define WEB_HANDLE_H

#include "web/request.h"

enum MHD_Result handle_page(struct request *request);
enum MHD_Result handle_join_page(struct request *request);
enum MHD_Result handle_asset(struct request *request);
enum MHD_Result handle_health(struct request *request);
enum MHD_Result handle_join(struct request *request);
enum MHD_Result handle_lobby(struct request *request);
enum MHD_Result handle_remake(struct request *request);
enum MHD_Result handle_sentences(struct request *request);
enum MHD_Result handle_code(struct request *request);
enum MHD_Result handle_code_switch(struct request *request);
enum MHD_Result handle_code_picture(struct request *request);
enum MHD_Result handle_free(struct request *request);
enum MHD_Result handle_sessions(struct request *request);
enum MHD_Result handle_links(struct request *request);
enum MHD_Result handle_setting(struct request *request);
enum MHD_Result handle_qr(struct request *request);
enum MHD_Result handle_findings(struct request *request);
enum MHD_Result handle_kit(struct request *request);
enum MHD_Result handle_replay(struct request *request);
enum MHD_Result handle_file(struct request *request);
enum MHD_Result handle_stream(struct request *request);
enum MHD_Result handle_input(struct request *request);
enum MHD_Result handle_report(struct request *request);
enum MHD_Result handle_skills(struct request *request);
enum MHD_Result handle_presence(struct request *request);
enum MHD_Result handle_lead_page(struct request *request);
enum MHD_Result handle_programme(struct request *request);
enum MHD_Result handle_exercises(struct request *request);
enum MHD_Result handle_exercise_report(struct request *request);
enum MHD_Result handle_readiness(struct request *request);
enum MHD_Result handle_evidence(struct request *request);
enum MHD_Result handle_plan(struct request *request);
enum MHD_Result handle_plan_history(struct request *request);
enum MHD_Result handle_plan_proposals(struct request *request);
enum MHD_Result handle_plan_change(struct request *request);
enum MHD_Result handle_plan_take(struct request *request);
enum MHD_Result handle_test_clock(struct request *request);
enum MHD_Result handle_vitals(struct request *request);

/* "tocsin-ROOM-poc": a browser may be in several rooms, and cookies do not tell ports apart. */
enum { HANDLE_COOKIE_NAME_BYTES = 2 * LIMIT_ID_BYTES + 32 };
void handle_cookie_name(
    const struct web_room *room, struct str as, char ret_name[HANDLE_COOKIE_NAME_BYTES]);

#endif
