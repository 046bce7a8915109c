#include "exercise.h"

#include <string.h>

#include "app/disk.h"
#include "bench.h"

static const char *const seats[] = {"commander", "handler", "poc", "legal"};
static const char *const facts[] = {
    "password-entered", "shared-account", "more-recipients", "account-locked", "vendor-line-dead"};

void exercise_bundle(
    const char *path, struct str text, struct arena *arena, struct bundle *ret_bundle)
{
    struct err err;
    struct bundle bundle;
    bench_must(disk_bundle("tests/bench/drill", ".", arena, &bundle, &err), "scenario", &err);
    struct bundle_file *files = ARENA_ARRAY(arena, bundle.file_count + 1, struct bundle_file);
    size_t count = 0;
    bool is_placed = path == NULL;
    for (size_t i = 0; i < bundle.file_count; i++) {
        int order = is_placed ? -1 : str_cmp(bundle.files[i].path, str_of(path));
        if (order >= 0) {
            files[count++] = (struct bundle_file){str_of(path), text};
            is_placed = true;
        }
        if (order != 0)
            files[count++] = bundle.files[i];
    }
    if (!is_placed)
        files[count++] = (struct bundle_file){str_of(path), text};
    bundle.files = files;
    bundle.file_count = count;
    *ret_bundle = bundle;
}

void exercise_load(
    const struct bundle *bundle, struct arena *arena, struct def *ret_def, struct rules *ret_rules)
{
    struct problems problems = {0};
    struct err err = {0};
    bool ok = load_scenario(bundle, arena, &problems, ret_def, ret_rules);
    if (!ok)
        problems_to_err(&problems, &err);
    bench_must(ok, "scenario", &err);
    problems_fini(&problems);
}

void exercise_start(struct machine *machine, struct events *events)
{
    struct input input = {
        .kind = INPUT_CREATE, .actor = ACTOR_HOST, .seq = 1, .observed_ms = -1, .story_at_ms = -1};
    input.body.create = (struct event_created){.mode = MODE_LIVE, .pace = 1, .seed = 1};
    machine_input(machine, &input, events);
    input = (struct input){.kind = INPUT_START,
        .actor = STR("facilitator"),
        .id = STR("s"),
        .seq = 2,
        .observed_ms = -1,
        .story_at_ms = -1};
    machine_input(machine, &input, events);
    bench_must(machine_state(machine)->status == STATUS_RUNNING, "it does not run", NULL);
}

/* What asks, what answers: one of each that a pack has, turned over the seats and the facts. */
static void write_rule(int number, int window_minutes, struct buf *out)
{
    const char *seat = seats[number % 4], *other = seats[(number + 1) % 4];
    const char *fact = facts[number % 5];
    buf_format(out,
        "- id: rule-%d\n  before: {en: \"Rule %d.\", ja: \"規則%d。\"}\n"
        "  title: {en: \"Rule %d was kept.\", ja: \"規則%dが守られた。\"}\n"
        "  why: {en: \"It matters.\", ja: \"大事だから。\"}\n"
        "  skills: [close-the-loop]\n  severity: minor\n",
        number, number, number, number, number);
    switch (number % 5) {
    case 0:
        buf_format(out,
            "  kind: each\n  when: {message: request, to: [%s]}\n"
            "  then: {message: {}}\n  match: re\n  within: %dm\n",
            seat, window_minutes);
        break;
    case 1:
        buf_format(out,
            "  kind: each\n  when: {message: {to: [%s]}}\n  then: {ack: {}}\n"
            "  match: message\n  within: %dm\n",
            seat, window_minutes);
        break;
    case 2:
        buf_format(out,
            "  kind: respond\n  when: {knows: %s, by: %s, attention: 1m}\n"
            "  then: {knows: %s, by: %s}\n  within: %dm\n",
            fact, seat, fact, other, window_minutes);
        break;
    case 3:
        buf_format(out,
            "  kind: respond\n  when: {message: {to: [%s]}}\n"
            "  then: {opened: {}}\n  match: message\n  within: %dm\n",
            seat, window_minutes);
        break;
    default:
        buf_format(out,
            "  kind: precede\n  when: {message: {to: [%s]}}\n"
            "  then: {message: {to: [vendor]}}\n",
            seat);
    }
}

void exercise_write_rules(int window_minutes, struct buf *out)
{
    for (int i = 0; i < EXERCISE_RULES; i++)
        write_rule(i, window_minutes, out);
}

void exercise_write_stories(int story_count, struct buf *out)
{
    for (int i = 0; i < story_count; i++)
        buf_format(out,
            "story(\"pulse %d\", function()\n    while true do\n        wait \"10s\"\n"
            "        set(\"pulse\", \"high\")\n    end\nend)\n",
            i);
}

struct str exercise_input(int number, struct arena *arena)
{
    const char *from = seats[number / 4 % 4], *to = seats[(number / 4 + 1) % 4];
    static const char message[] =
        "{\"at\":%d,\"actor\":\"%s\",\"do\":\"message\",\"id\":\"i%d\",\"type\":\"report\","
        "\"to\":[\"%s\"],\"via\":\"chat\",\"facts\":[\"password-entered\"],\"ack_within\":\"5m\","
        "\"text\":\"A password was typed into a strange page.\"}";
    static const char note[] = "{\"at\":%d,\"actor\":\"%s\",\"do\":\"note\",\"id\":\"i%d\","
                               "\"text\":\"Told the %s.\"}";
    static const char said[] =
        "{\"at\":%d,\"actor\":\"%s\",\"do\":\"said\",\"id\":\"i%d\",\"to\":[\"%s\"],"
        "\"facts\":[\"shared-account\"],\"text\":\"Ask the desk.\"}";
    static const char opened[] = "{\"at\":%d,\"actor\":\"%s\",\"do\":\"open\",\"id\":\"i%d\","
                                 "\"inject\":\"night-report\"}";
    static const char *const format[] = {message, note, said, opened};
    return arena_format(arena, format[number % 4], (number + 20) * 1000, from, number, to);
}

static struct strs one(struct arena *arena, const char *text)
{
    struct str *item = ARENA_NEW(arena, struct str);
    *item = str_of(text);
    return (struct strs){item, 1};
}

/* A hundred events are a round: a message, what follows from it, what is said and done meanwhile,
 * and at last the answer, a message of its own. So a million events hold as many messages as a
 * table may have (LIMIT_MESSAGES). */
enum { ROUND = 100, EVENT_EVERY_MS = 600 };

static void fill_message(int64_t seq, bool is_answer, struct arena *arena, struct event *event)
{
    static const int types[] = {
        MESSAGE_REQUEST, MESSAGE_REPORT, MESSAGE_ORDER, MESSAGE_INFO, MESSAGE_ESCALATION};
    int64_t round = seq / ROUND;
    struct event_messaged *body = &event->body.messaged;
    event->kind = EVENT_MESSAGED;
    body->message = arena_format(arena, "m%lld", (long long)seq);
    body->type = is_answer ? MESSAGE_ANSWER : types[round % 5];
    body->to = one(arena, is_answer         ? seats[round % 4]
                          : round % 16 == 0 ? "vendor"
                                            : seats[(round + 1) % 4]);
    body->facts = one(arena, facts[round % 5]);
    body->ack_within_ms = is_answer ? 0 : 5 * 60 * 1000;
    body->text =
        arena_format(arena, "%064llx", (unsigned long long)seq * UINT64_C(0x9E3779B97F4A7C15));
    if (is_answer)
        body->re = arena_format(arena, "m%lld", (long long)(seq - ROUND + 1));
}

/* What people do between a message and its answer. */
static void fill_talk(int64_t seq, struct arena *arena, struct event *event)
{
    struct str text = arena_format(arena, "%064llx", (unsigned long long)seq);
    switch (seq % 4) {
    case 0:
        event->kind = EVENT_NOTED;
        event->body.noted.text = text;
        break;
    case 1:
        event->kind = EVENT_SAID;
        event->body.said = (struct event_said){.facts = one(arena, facts[seq / 4 % 5]),
            .text = text,
            .to = one(arena, seats[seq / 4 % 4])};
        break;
    case 2:
        event->kind = EVENT_ACTED;
        event->body.acted = (struct event_acted){
            .action = STR("lock-account"), .reason = text, .target = STR("mail")};
        break;
    default:
        event->kind = EVENT_OPENED;
        event->body.opened.inject = STR("night-report");
    }
}

void exercise_event(int64_t seq, struct arena *arena, struct event *ret_event)
{
    int64_t step = seq % ROUND, round = seq / ROUND;
    struct event event = {.seq = seq, .input = 0};
    event.at_ms = event.observed_ms = seq * EVENT_EVERY_MS;
    event.story_ms = INT64_C(1763644200000) + event.at_ms;
    event.actor = str_of(seats[(round + (step > 0)) % 4]);
    struct str message = arena_format(arena, "m%lld", (long long)(seq - step));
    switch (step) {
    case 0:
        fill_message(seq, false, arena, &event);
        break;
    case 1:
        event.kind = EVENT_ARRIVED;
        event.body.arrived.message = message;
        break;
    case 2:
        event.kind = EVENT_OPENED;
        event.body.opened.message = message;
        break;
    case 3:
        event.kind = EVENT_LEARNED;
        event.body.learned = (struct event_learned){
            .fact = str_of(facts[round % 5]), .source = SOURCE_MESSAGE, .through = message};
        break;
    case 4:
        event.kind = EVENT_ACKED;
        event.body.acked.message = message;
        break;
    case ROUND - 1:
        fill_message(seq, true, arena, &event);
        break;
    default:
        fill_talk(seq, arena, &event);
    }
    if (step > 0)
        event.cause = seq - step;
    *ret_event = event;
}
