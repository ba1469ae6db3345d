#define _GNU_SOURCE 1
#include "CPosix.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

/* Opens what the flags can be asked of: a regular file or folder, no symlink. */
static int open_for_flags(const char *path) {
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
  return fd < 0 ? -errno : fd;
}

int cposix_get_flags(const char *path, uint32_t *flags) {
  int fd = open_for_flags(path), value = 0;
  if (fd < 0) return fd;
  int result = ioctl(fd, FS_IOC_GETFLAGS, &value) < 0 ? -errno : 0;
  close(fd);
  *flags = (uint32_t)value;
  return result;
}

int cposix_set_flags(const char *path, uint32_t flags) {
  int fd = open_for_flags(path), value = (int)flags;
  if (fd < 0) return fd;
  int result = ioctl(fd, FS_IOC_SETFLAGS, &value) < 0 ? -errno : 0;
  close(fd);
  return result;
}

/* libselinux, where this system has it and SELinux is on. */
static struct {
  int is_on;
  int (*get)(const char *, char **);
  int (*set)(const char *, const char *);
  int (*usual)(const char *, mode_t, char **);
  void (*release)(char *);
} selinux = {.is_on = -1};

int cposix_selinux_is_on(void) {
  if (selinux.is_on >= 0) return selinux.is_on;
  selinux.is_on = 0;
  void *library = dlopen("libselinux.so.1", RTLD_NOW | RTLD_LOCAL);
  if (!library) return 0;
  int (*is_enabled)(void) = (int (*)(void))dlsym(library, "is_selinux_enabled");
  selinux.get = (int (*)(const char *, char **))dlsym(library, "lgetfilecon_raw");
  selinux.set = (int (*)(const char *, const char *))dlsym(library, "lsetfilecon");
  selinux.usual = (int (*)(const char *, mode_t, char **))dlsym(library, "matchpathcon");
  selinux.release = (void (*)(char *))dlsym(library, "freecon");
  selinux.is_on = is_enabled && selinux.get && selinux.set && selinux.usual && selinux.release &&
                  is_enabled() == 1;
  return selinux.is_on;
}

/* Copies a context that libselinux has made. */
static int take(int result, char *found, char *context, size_t size) {
  if (result < 0 || !found) return -(errno ? errno : ENODATA);
  snprintf(context, size, "%s", found);
  selinux.release(found);
  return 1;
}

int cposix_selinux_context(const char *path, char *context, size_t size) {
  if (!cposix_selinux_is_on()) return 0;
  char *found = NULL;
  errno = 0;
  return take(selinux.get(path, &found), found, context, size);
}

int cposix_selinux_usual_context(const char *path, char *context, size_t size) {
  if (!cposix_selinux_is_on()) return 0;
  char *found = NULL;
  errno = 0;
  return take(selinux.usual(path, S_IFREG, &found), found, context, size);
}

int cposix_selinux_set_context(const char *path, const char *context) {
  if (!cposix_selinux_is_on()) return 0;
  errno = 0;
  return selinux.set(path, context) < 0 ? -(errno ? errno : EINVAL) : 0;
}
