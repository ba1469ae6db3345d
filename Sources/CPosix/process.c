#define _GNU_SOURCE 1
#include "CPosix.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static int argument_count;
static char **arguments;

/* glibc hands argc and argv to constructors: CommandLine does not exist in Embedded Swift. */
__attribute__((constructor)) static void keep_arguments(int argc, char **argv) {
  argument_count = argc;
  arguments = argv;
}

int cposix_argument_count(void) { return argument_count; }

const char *cposix_argument(int index) {
  return index >= 0 && index < argument_count ? arguments[index] : NULL;
}

const char *cposix_environment(const char *name) { return getenv(name); }

const char *cposix_environment_entry(int index) { return environ[index]; }

void cposix_exit(int code) { _exit(code); }

int cposix_process_id(void) { return getpid(); }

/* Linux tells the umask only by changing it. A second thread that creates a file in between
 * would get fewer permissions, never more. */
uint32_t cposix_umask(void) {
  mode_t mask = umask(0777);
  umask(mask);
  return mask;
}

uint64_t cposix_random(void) {
  uint64_t value;
  if (getrandom(&value, sizeof value, 0) != sizeof value) abort();
  return value;
}

int64_t cposix_time(void) { return time(NULL); }

void cposix_local_time(char *text, size_t size) {
  time_t now = time(NULL);
  struct tm local;
  localtime_r(&now, &local);
  strftime(text, size, "%Y-%m-%d@%H:%M:%S", &local);
}

const char *cposix_error_text(int error) {
  const char *text = strerrordesc_np(error);
  return text ? text : "unknown error";
}
