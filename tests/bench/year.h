/* A record of many exercises, for what looks at all of them. */
#ifndef YEAR_H
#define YEAR_H

#include <stddef.h>

struct year {
    size_t events; /* of all exercises */
};

/* Plays a scenario of scenarios/ once, with these inputs, and writes it `count` times as exercises
 * of their own, each with its chain. Replaces the file. Ends the program on any failure. */
void year_make(
    const char *path, const char *scenario, const char *inputs, int count, struct year *ret_year);

/* Seconds of the processor for gathering all evidence and making the report, from opening the file
 * on. */
double year_look(const char *path, size_t *ret_scored, size_t *ret_rows);

#endif
