#include "CPosix.h"

#include <syslog.h>

void cposix_log(const char *name, int facility, const char *text) {
  openlog(name, 0, facility << 3);
  syslog(LOG_INFO, "%s", text);
  closelog();
}
