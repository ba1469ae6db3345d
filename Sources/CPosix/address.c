#include "CPosix.h"

#include <arpa/inet.h>
#include <string.h>

int cposix_same_address(const char *left, const char *right) {
  struct in6_addr addresses[2];
  return inet_pton(AF_INET6, left, &addresses[0]) == 1 &&
         inet_pton(AF_INET6, right, &addresses[1]) == 1 &&
         memcmp(&addresses[0], &addresses[1], sizeof addresses[0]) == 0;
}
