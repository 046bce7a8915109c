/* Metrics of knowing and telling: who knew what when, noise, contradictions. */
#include "unit/metrics_case.h"

#define LEARN_TEN "0 p1 learned fact=ten source=inject through=call\n"
#define END "9000 facilitator ended\n"

static const struct metrics_case know_cases[] = {
    {"those who must know: by message, and by what puts it right; the first is not counted",
        LEARN_TEN "1000 p1 messaged message=m1 to=commander facts=ten type=report\n"
                  "3000 c1 learned fact=ten source=message through=m1\n" END,
        "C12 - n=1 open=0 median=3000 p90=3000 longest=3000\n"},
    {"must know and never did", LEARN_TEN END, "C12 c1 n=1 open=1 median=- p90=- longest=9000\n"},
    {"the newer card will do",
        LEARN_TEN "2000 h1 learned fact=forty source=revealed\n"
                  "2500 c1 learned fact=forty source=said through=h1\n" END,
        "C12 - n=2 open=0 median=500 p90=2500 longest=2500\n"},
    {"hands until it came to who decided",
        LEARN_TEN "1000 p1 messaged message=m1 to=handler facts=ten type=report\n"
                  "2000 h1 learned fact=ten source=message through=m1\n"
                  "3000 c1 learned fact=ten source=heard through=handler\n"
                  "3500 c1 learned fact=forty source=unrecorded\n"
                  "4000 c1 decided question=cut option=x\n" END,
        "C11 - n=2 open=0 median=0 p90=2 longest=2\nC11 c1 n=2 open=0 median=0 p90=2 longest=2\n"},
    {"told unasked and asked",
        "0 p1 messaged message=q1 to=handler type=request\n"
        "1 h1 messaged message=i1 to=poc re=q1 type=info\n"
        "2 h1 messaged message=i2 to=poc,commander type=info\n"
        "3 h1 messaged message=i3 to=poc type=answer\n" END,
        "C23 - 1:1\nC23 h1 1:1\n"},
    {"noise: known already, not needed, twice to the seats; not noise: new, asked, answered",
        LEARN_TEN "1000 p1 messaged message=m1 to=commander,handler,ciso facts=ten type=info\n"
                  "2000 c1 learned fact=ten source=message through=m1\n"
                  "3000 p1 said to=commander,triage facts=ten\n"
                  "4000 p1 messaged message=q1 to=handler type=request\n"
                  "5000 h1 messaged message=a1 to=poc re=q1 type=answer\n"
                  "6000 h1 messaged message=a2 to=commander unknown=cause type=sitrep\n"
                  "7000 vendor messaged message=v1 to=poc type=info\n" END,
        "noise - 2/7 82-641\nnoise p1 2/5 117-769\nnoise h1 0/2 0-657\n"},
    {"useful and new is of use, what is not needed is not",
        LEARN_TEN "1000 p1 said to=ciso facts=ten\n"
                  "2000 c1 messaged message=m1 to=handler facts=ten type=info\n" END,
        "noise p1 0/1 0-793\nnoise c1 1/1 206-1000\n"},
    {"heard from the room: whoever of them knew",
        LEARN_TEN "1000 p1 messaged message=m1 to=handler facts=ten type=report\n"
                  "2000 h1 learned fact=ten source=message through=m1\n"
                  "3000 c1 learned fact=ten source=heard through=room\n"
                  "4000 c1 decided question=cut option=x\n" END,
        "C11 - n=1 open=0 median=2 p90=2 longest=2\n"},
    {"unknown of what one could not know",
        "1000 h1 messaged message=m1 to=commander unknown=extent type=sitrep\n" END,
        "C14 - 1/2 94-905\nC15 - 1/2 94-905\n"},
    {"slots: answered, honestly unknown, unknown though known, empty",
        LEARN_TEN "1000 p1 messaged message=m1 to=commander facts=ten unknown=cause type=report\n"
                  "2000 p1 messaged message=m2 to=commander unknown=extent type=sitrep\n"
                  "3000 p1 messaged message=m3 to=commander type=info\n" END,
        "C14 - 3/4 300-954\nC15 - 1/3 61-792\n"},
    {"true then, false later; superseded; unrecorded; told to who must not know",
        LEARN_TEN "1000 p1 messaged message=m1 to=commander facts=ten type=report\n"
                  "2000 p1 learned fact=forty source=revealed\n"
                  "5000 p1 said to=vendor facts=ten\n"
                  "6000 h1 messaged message=m2 to=commander facts=forty type=report\n"
                  "6000 h1 learned fact=forty source=unrecorded\n"
                  "7000 h1 said to=commander\n" END,
        "C16/true - 2/3 207-938\nC16/superseded p1 1/2 94-905\nC16/unrecorded - 1/3 61-792\n"
        "C16/unrecorded h1 1/1 206-1000\nC22 - 1/3 61-792\n"},
    {"late entries and annulled lessons",
        "4000+8000 p1 learned fact=ten source=inject through=call\n"
        "8000 c1 learned fact=ten source=said through=p1\n"
        "8500 facilitator annulled event=2\n" END,
        "C12 - n=1 open=1 median=- p90=- longest=5000\n"},
};

static const struct metrics_case version_cases[] = {
    {"one card to one, the newer to another: contradicted until told",
        LEARN_TEN "1000 p1 messaged message=m1 to=ciso facts=ten type=report\n"
                  "2000 p1 learned fact=forty source=inject through=call\n"
                  "3000 p1 messaged message=m2 to=press facts=forty type=statement\n"
                  "7000 h1 messaged message=m3 to=ciso facts=forty type=report\n" END,
        "C17/contradicted - 1/1 206-1000\nC17/standing - 0/1 0-793\n"
        "C18 ciso n=1 open=0 median=5000 p90=5000 longest=5000\n"},
    {"all were put right by one message: no contradiction",
        "1000 p1 messaged message=m1 to=ciso,press facts=ten type=report\n"
        "2000 p1 learned fact=forty source=inject through=call\n"
        "3000 p1 messaged message=m2 to=press,ciso,vendor facts=forty type=statement\n" END,
        "C17/contradicted - 0/1 0-793\nC18 - n=2 open=0 median=1000 p90=1000 longest=1000\n"},
    {"both at once is put right at once",
        "1000 p1 messaged message=m1 to=ciso facts=ten,forty type=report\n" END,
        "C17/contradicted - 0/1 0-793\nC18 - n.a.\n"},
    {"the old card after the new one, and never put right",
        "1000 p1 messaged message=m1 to=press facts=forty type=statement\n"
        "1500 p1 learned fact=forty source=unrecorded\n"
        "4000 p1 messaged message=m2 to=ciso facts=ten type=report\n" END,
        "C17/standing - 1/1 206-1000\nC18 ciso n=1 open=1 median=- p90=- longest=5000\n"},
    {"what stakeholders say is no contradiction of ours",
        "1000 ciso messaged message=m1 to=poc facts=ten type=info\n"
        "2000 p1 messaged message=m2 to=press facts=forty type=statement\n" END,
        "C17/contradicted - n.a.\n"},
    {"the clock runs once who told it knows better, not who else does",
        "1000 p1 messaged message=m1 to=ciso facts=ten type=report\n"
        "2000 h1 learned fact=forty source=revealed\n"
        "4000 p1 learned fact=forty source=revealed\n"
        "5000 p1 messaged message=m2 to=ciso facts=forty type=report\n" END,
        "C18 ciso n=1 open=0 median=1000 p90=1000 longest=1000\n"},
    {"told twice, the clock runs from the first time; told again after it was put right, anew",
        LEARN_TEN "500 p1 learned fact=forty source=inject through=call\n"
                  "1000 p1 messaged message=m1 to=ciso facts=ten type=report\n"
                  "3000 p1 messaged message=m2 to=ciso facts=ten type=report\n"
                  "5000 p1 messaged message=m3 to=ciso facts=forty type=report\n"
                  "6000 p1 messaged message=m4 to=ciso facts=ten type=report\n"
                  "7000 p1 messaged message=m5 to=ciso facts=forty type=report\n" END,
        "C18 ciso n=2 open=0 median=1000 p90=4000 longest=4000\n"},
    {"nobody who told it knows better: no clock",
        "1000 p1 messaged message=m1 to=ciso facts=ten type=report\n"
        "2000 h1 messaged message=m2 to=ciso facts=forty type=report\n" END,
        "C17/contradicted - 0/1 0-793\nC18 - n.a.\n"},
};

static void test_know(void **state)
{
    (void)state;
    run_cases(know_cases, COUNT(know_cases));
}

static void test_versions(void **state)
{
    (void)state;
    run_cases(version_cases, COUNT(version_cases));
}

/* The JSON of a trace, in which each of the parts must stand. */
static void assert_json(const char *text, const char *const parts[], size_t count)
{
    struct arena arena = {0};
    struct metrics metrics;
    struct trace trace;
    struct buf out = {0};
    struct json_write json;
    case_metrics(&metrics, &trace, &arena, text);
    json_write_init(&json, &out);
    metrics_write(&metrics, &json);
    buf_add_char(&out, '\0');
    for (size_t i = 0; i < count; i++)
        if (strstr(out.ptr, parts[i]) == NULL)
            fail_msg("no %s in %s", parts[i], out.ptr);
    buf_fini(&out);
    metrics_fini(&metrics);
    trace_fini(&trace);
    arena_fini(&arena);
}

static void test_lists(void **state)
{
    (void)state;
    static const char *const parts[] = {
        "{\"as_of_ms\":9000,\"contradictions\":[{\"fact\":\"ten\",\"from_ms\":4000,"
        "\"uncorrected\":[\"c1\",\"ciso\"]}],\"ended\":true,\"knowledge\":["
        "{\"fact\":\"ten\",\"hops\":1,\"lag_ms\":2000,\"learned_ms\":2000,\"party\":\"c1\","
        "\"source\":\"message\",\"through\":\"m1\"},"
        "{\"fact\":\"ten\",\"hops\":0,\"lag_ms\":0,\"learned_ms\":0,\"party\":\"p1\","
        "\"source\":\"inject\",\"through\":\"call\"}],\"left_out\":0,\"load\":[",
        "{\"asked\":0,\"from\":\"p1\",\"messages\":1,\"pushed\":1,\"said\":0,\"taught\":1,"
        "\"to\":\"c1\"}",
        "{\"asked\":1,\"from\":\"p1\",\"messages\":0,\"pushed\":0,\"said\":1,\"taught\":0,"
        "\"to\":\"h1\"}",
        "{\"answered\":1,\"empty\":0,\"slot\":\"extent\",\"unknown\":0}",
        "{\"asked\":1,\"descriptive\":true,\"given\":1,\"id\":\"C23\",\"n\":2}",
        "{\"id\":\"C08\",\"n\":0}",
        "{\"descriptive\":true,\"id\":\"C26\",\"n\":0}",
        "{\"high\":1000,\"id\":\"C16\",\"k\":3,\"low\":438,\"n\":3,\"part\":\"true\"}",
    };
    assert_json(LEARN_TEN "1000 p1 messaged message=m1 to=commander facts=ten type=report\n"
                          "2000 c1 learned fact=ten source=message through=m1\n"
                          "3000 p1 messaged message=m2 to=ciso facts=ten type=answer\n"
                          "4000 p1 messaged message=m3 to=press facts=forty type=answer\n"
                          "5000 h1 messaged message=q1 to=poc type=request\n"
                          "6000 p1 said to=handler\n" END,
        parts, COUNT(parts));
    static const char *const corrected[] = {
        "[{\"corrected_ms\":7000,\"fact\":\"ten\",\"from_ms\":3000,\"uncorrected\":[]}]",
        "\"id\":\"C11\",\"longest\":0,\"median\":0,\"n\":1,\"open\":0,\"p90\":0}",
        "\"id\":\"C18\",\"n\":0}", "\"id\":\"C13\",\"n\":0,\"part\":\"gap\"}",
        "\"from\":\"h1\",\"messages\":2,\"pushed\":2,\"said\":0,\"taught\":0,\"to\":\"press\"}",
        "{\"answered\":5,\"empty\":0,\"slot\":\"extent\",\"unknown\":0}",
        "{\"answered\":0,\"empty\":5,\"slot\":\"cause\",\"unknown\":0}",
        "\"from\":\"p1\",\"messages\":0,\"pushed\":0,\"said\":1,\"taught\":0,\"to\":\"h1\"}"};
    assert_json("1000 p1 messaged message=m1 to=ciso facts=ten type=report\n"
                "3000 p1 messaged message=m2 to=press facts=forty type=report\n"
                "7000 h1 messaged message=m3 to=ciso facts=forty type=report\n"
                "8000 h1 messaged message=m4 to=press facts=forty type=report\n"
                "8100 h1 messaged message=m5 to=press facts=forty type=report\n"
                "8200 c1 learned fact=ten source=revealed\n"
                "8300 c1 decided question=cut option=x\n"
                "8500 p1 handed-off to=handler\n" END,
        corrected, COUNT(corrected));
    static const char *const none[] = {
        "{\"as_of_ms\":0,\"contradictions\":[],\"ended\":false,\"knowledge\":[],",
        "{\"id\":\"C01\",\"n\":0}", "\"promises\":[]", "\"told\":[]"};
    assert_json("", none, COUNT(none));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_know), cmocka_unit_test(test_versions), cmocka_unit_test(test_lists)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
