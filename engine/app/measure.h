/* What the machine says of this program and its files. */
#ifndef APP_MEASURE_H
#define APP_MEASURE_H

#include <stdint.h>

int64_t measure_memory_bytes(void); /* resident; -1: the machine does not say */

/* A record's file and its write-ahead log; -1: there is no such file. */
int64_t measure_record_bytes(const char *path);

#endif
