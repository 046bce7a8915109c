/* What the 90 % intervals of skills cover, what a flagged gap is worth, and how long it takes.
 *
 * Three teams, two to twelve exercises a year with four to twelve opportunities each, and exercises
 * that differ not at all, clearly and much. Every cell is to cover 88 to 97 %. */
#include "bench.h"
#include "unit/skill_years.h"
#include "year.h"

enum { EXERCISES = 1000, ROUNDS = 3 };
enum { YEARS = 2000, SPREADS = 3, TARGET = 800 };

static const double spreads[SPREADS] = {0, 0.8, 1.2};
static const double rates[] = {0.60, 0.75, 0.90};
enum { TEAMS = sizeof(rates) / sizeof(rates[0]) };

struct range {
    double least, most;
};

static void widen(struct range *range, double value)
{
    range->least = value < range->least ? value : range->least;
    range->most = value > range->most ? value : range->most;
}

static struct range cover(struct skill_grid *grid, struct years_dice *dice)
{
    struct range range = {100, 0};
    printf("%-12s", "covered, %");
    for (int exercises = 2; exercises <= YEARS_EXERCISES; exercises++)
        printf("%6d", exercises);
    printf("  exercises\n");
    for (int t = 0; t < TEAMS; t++) {
        for (int s = 0; s < SPREADS; s++) {
            struct team team = years_team(rates[t], spreads[s]);
            printf("%2.0f %%, sd %.1f ", 100 * rates[t], spreads[s]);
            for (size_t exercises = 2; exercises <= YEARS_EXERCISES; exercises++) {
                double share = 100.0 * years_covered(grid, &team, exercises, YEARS, dice) / YEARS;
                widen(&range, share);
                printf("%6.1f", share);
            }
            printf("\n");
            fflush(stdout);
        }
    }
    return range;
}

/* Of the gaps that the rule flags, how many are there? Teams from 40 to 95 %. */
static void judge_gaps(struct skill_grid *grid, struct years_dice *dice, double spread)
{
    int flagged = 0, right = 0, there = 0;
    for (int rate = 40; rate <= 95; rate += 5) {
        struct team team = years_team(rate / 100.0, spread);
        for (size_t exercises = 2; exercises <= YEARS_EXERCISES; exercises++) {
            for (int year = 0; year < YEARS / 10; year++) {
                struct skill_cluster clusters[YEARS_EXERCISES];
                years_play(&team, exercises, dice, clusters);
                struct skill_interval interval =
                    skill_interval_find(grid, clusters, exercises, TARGET);
                there += rate * 10 < TARGET;
                flagged += interval.below >= 800;
                right += interval.below >= 800 && rate * 10 < TARGET;
            }
        }
    }
    char name[40];
    snprintf(name, sizeof(name), "gaps flagged rightly, sd %.1f", spread);
    bench_row(name, 100.0 * right / flagged, " %", BENCH_AT_LEAST, 80, "%d flagged, %.0f %% found",
        flagged, 100.0 * right / there);
}

/* First with nothing kept, then from the cache. */
static void look_at_year(const char *what, const char *scenario, const char *inputs, double reach)
{
    static const char path[] = "bench-skills.db";
    struct year year;
    size_t scored, rows;
    double best = 1e9;
    year_make(path, scenario, inputs, EXERCISES, &year);
    double first = year_look(path, &scored, &rows);
    bench_must(scored == EXERCISES, "not every exercise was scored", NULL);
    for (int round = 0; round < ROUNDS; round++) {
        double seconds = year_look(path, &scored, &rows);
        bench_must(scored == 0, "the cache was not used", NULL);
        best = seconds < best ? seconds : best;
    }
    bench_row(what, best * 1000, " ms", BENCH_AT_MOST, reach, "%zu events, %zu rows; first %.1f s",
        year.events, rows, first);
    bench_forget(path);
}

int main(void)
{
    look_at_year("skills over 1,000 short drills", "scenarios/phone-tree",
        "tests/story/phone-tree/good.jsonl", 300);
    look_at_year("skills over 1,000 flagships", "scenarios/ransomware",
        "tests/story/ransomware/slow.jsonl", 300);
    struct skill_grid *grid = skill_grid_new();
    struct years_dice dice = {.seed = 1};
    double begin = bench_cpu();
    struct range range = cover(grid, &dice);
    double each = (bench_cpu() - begin) / (TEAMS * SPREADS * (YEARS_EXERCISES - 1) * YEARS);
    bench_row("90 % intervals cover, least", range.least, " %", BENCH_AT_LEAST, 88,
        "99 cells of %d years", YEARS);
    bench_row("90 % intervals cover, most", range.most, " %", BENCH_AT_MOST, 97, "%.0f us a year",
        each * 1e6);
    for (int s = 0; s < SPREADS; s++)
        judge_gaps(grid, &dice, spreads[s]);
    skill_grid_free(grid);
    return 0;
}
