/* The rows that an exercise left in its record, to be written again by somebody who does nothing
 * else: the bare side of a comparison has the same tables, keys and bytes, and none of the thought,
 * the hash chain and the guards. */
#ifndef ROWS_H
#define ROWS_H

#include <stddef.h>

#include <sqlite3.h>

enum { ROWS_TABLES = 3 };

/* What one input led to: its row, its events and its texts. */
struct rows_step {
    size_t first, count; /* in `rows.items` */
};

struct rows_item {
    int table;
    sqlite3_value **values;
};

struct rows {
    char *schema; /* of the three tables and their indexes */
    int column_count[ROWS_TABLES];
    struct rows_item *items;
    size_t item_count;
    struct rows_step *steps;
    size_t step_count;
};

/* Reads a record of one exercise; ends the program on any failure. */
void rows_load(const char *path, struct rows *ret_rows);
void rows_fini(struct rows *rows);

/* A bare writer on a new file. */
struct rows_writer {
    sqlite3 *db;
    sqlite3_stmt *inserts[ROWS_TABLES], *begin, *clock, *commit;
};

void rows_open(const struct rows *rows, const char *path, struct rows_writer *ret_writer);
void rows_begin(struct rows_writer *writer);
void rows_write(struct rows_writer *writer, const struct rows *rows, size_t step);
void rows_commit(struct rows_writer *writer);
void rows_close(struct rows_writer *writer);

#endif
