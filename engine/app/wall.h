/* The machine's clocks: the only place that reads them. */
#ifndef APP_WALL_H
#define APP_WALL_H

#include <stdint.h>

int64_t wall_now_ms(void);    /* since 1970, for people and auditors */
int64_t wall_steady_ms(void); /* never goes back; drives exercise time */
int64_t wall_steady_us(void); /* the same, for what is over in less */

/* Random bytes from the system; aborts when there are none. */
void wall_entropy(uint8_t *bytes, int64_t count);

#endif
