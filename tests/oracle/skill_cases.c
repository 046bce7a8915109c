/* For tests/oracle/skills.mjs: reads opportunities, one a line, and prints the rows that the engine
 * makes of them, a line of JSON each.
 *
 *   exercise count who skill outcome cause severity pack major     "-": none; cause "-": nobody
 * said = target by                                                    ends a case */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "score/skills.h"

enum { MOST = 20000, WORD = 64, EXERCISES = 64 };

static struct skill_opportunity items[MOST];
static char words[MOST][4][WORD];
static struct skill_exercise exercises[EXERCISES];

static int find(const char *word, const char *const *names, int count)
{
    for (int i = 0; i < count; i++)
        if (strcmp(word, names[i]) == 0)
            return i;
    return -1;
}

static struct str name_of(const char *word)
{
    return strcmp(word, "-") == 0 ? STR("") : str_of(word);
}

static bool read_item(const char *line, size_t at)
{
    struct skill_opportunity *item = &items[at];
    char outcome[WORD], cause[WORD], severity[WORD];
    long long count, major;
    if (sscanf(line, "%d %lld %63s %63s %63s %63s %63s %63s %lld", &item->exercise, &count,
            words[at][0], words[at][1], outcome, cause, severity, words[at][2], &major) != 9)
        return false;
    item->count = count;
    item->role = name_of(words[at][0]);
    item->person = item->role;
    item->skill = name_of(words[at][1]);
    item->outcome = (enum skill_outcome)find(outcome, skill_outcome_names, OUTCOME_COUNT);
    item->cause = find(cause, cause_names, CAUSE_COUNT);
    item->severity = (enum severity)find(severity, severity_names, SEVERITY_COUNT);
    item->pack = name_of(words[at][2]);
    item->major = major;
    return true;
}

static void print_row(const struct skill_row *row, bool is_last)
{
    printf("{\"who\":\"%.*s\",\"skill\":\"%.*s\",\"word\":\"%s\",\"n\":%lld,\"met\":%lld,"
           "\"partial\":%lld,\"hinted\":%lld,\"unexplained\":%lld,\"set_aside\":%lld,"
           "\"exercises\":%lld,\"rate\":%d,\"low\":%d,\"middle\":%d,\"high\":%d,\"below\":%d,"
           "\"worst\":%d,"
           "\"rising\":%d,\"urgency\":%d,\"one_bad_day\":%s}%s",
        STR_ARG(row->who), STR_ARG(row->skill), skill_word_names[row->word], (long long)row->n,
        (long long)row->met, (long long)row->partial, (long long)row->hinted,
        (long long)row->unexplained, (long long)row->set_aside, (long long)row->exercises,
        row->rate, row->interval.low, row->interval.middle, row->interval.high, row->interval.below,
        row->below_at_worst, row->rising, skills_urgency(row), row->is_one_day ? "true" : "false",
        is_last ? "" : ",");
}

static void answer(size_t count, int target, int by)
{
    struct arena arena = {0};
    struct skill_row *rows;
    struct skills_source source = {.exercises = exercises,
        .exercise_count = EXERCISES,
        .items = items,
        .item_count = count,
        .by = (enum skills_by)by,
        .target = target};
    size_t row_count = skills_find(&source, &arena, &rows);
    printf("[");
    for (size_t i = 0; i < row_count; i++)
        print_row(&rows[i], i + 1 == row_count);
    printf("]\n");
    arena_fini(&arena);
}

int main(void)
{
    char line[512];
    size_t count = 0;
    while (fgets(line, sizeof(line), stdin) != NULL) {
        int target, by;
        if (sscanf(line, "= %d %d", &target, &by) == 2) {
            answer(count, target, by);
            count = 0;
        } else if (count == MOST || !read_item(line, count++)) {
            fprintf(stderr, "skill_cases: not a line of a case: %s", line);
            return 1;
        }
    }
    return 0;
}
