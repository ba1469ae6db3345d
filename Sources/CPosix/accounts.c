#define _GNU_SOURCE 1
#include "CPosix.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Runs a reentrant lookup with a buffer that grows while the entry does not fit (a group may
 * have thousands of members), then `use` on what was found. Evaluates to 1 or 0. */
#define LOOK_UP(type, lookup, use)                          \
  ({                                                        \
    type entry, *found = NULL;                              \
    char *buffer = NULL;                                    \
    int error = ERANGE;                                     \
    for (size_t room = 4096; error == ERANGE && room < (64u << 20); room *= 4) { \
      char *larger = realloc(buffer, room);                 \
      if (!larger) break;                                   \
      buffer = larger;                                      \
      error = lookup;                                       \
    }                                                       \
    if (error == 0 && found) use;                           \
    free(buffer);                                           \
    error == 0 && found != NULL;                            \
  })

int cposix_user_id(const char *name, uint32_t *uid) {
  return LOOK_UP(struct passwd, getpwnam_r(name, &entry, buffer, room, &found),
                 *uid = found->pw_uid);
}

int cposix_group_id(const char *name, uint32_t *gid) {
  return LOOK_UP(struct group, getgrnam_r(name, &entry, buffer, room, &found),
                 *gid = found->gr_gid);
}

int cposix_user_name(uint32_t uid, char *name, size_t size) {
  return LOOK_UP(struct passwd, getpwuid_r(uid, &entry, buffer, room, &found),
                 snprintf(name, size, "%s", found->pw_name));
}

int cposix_group_name(uint32_t gid, char *name, size_t size) {
  return LOOK_UP(struct group, getgrgid_r(gid, &entry, buffer, room, &found),
                 snprintf(name, size, "%s", found->gr_name));
}

int cposix_user_home(const char *name, char *home, size_t size) {
  return name ? LOOK_UP(struct passwd, getpwnam_r(name, &entry, buffer, room, &found),
                        snprintf(home, size, "%s", found->pw_dir))
              : LOOK_UP(struct passwd, getpwuid_r(getuid(), &entry, buffer, room, &found),
                        snprintf(home, size, "%s", found->pw_dir));
}
