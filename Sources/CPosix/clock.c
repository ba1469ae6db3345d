#define _GNU_SOURCE 1
#include "CPosix.h"

#include <errno.h>
#include <time.h>

int64_t cposix_clock(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

void cposix_sleep(int64_t milliseconds) {
  struct timespec left = {.tv_sec = milliseconds / 1000,
                          .tv_nsec = milliseconds % 1000 * 1000000};
  if (milliseconds <= 0) return;
  while (clock_nanosleep(CLOCK_MONOTONIC, 0, &left, &left) == EINTR) {}
}
