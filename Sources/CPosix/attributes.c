#define _GNU_SOURCE 1
#include "CPosix.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

/* Opens what the flags can be asked of: a regular file or folder. */
static int open_for_flags(int held) {
  struct stat found;
  if (fstat(held, &found) < 0) return -errno;
  if (!S_ISREG(found.st_mode) && !S_ISDIR(found.st_mode)) return -ENOTTY;
  char name[CPOSIX_DESCRIPTOR_NAME];
  cposix_name_descriptor(held, name);
  int fd = open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  return fd < 0 ? -errno : fd;
}

int cposix_get_flags(int held, uint32_t *flags) {
  int fd = open_for_flags(held), value = 0;
  if (fd < 0) return fd;
  int result = ioctl(fd, FS_IOC_GETFLAGS, &value) < 0 ? -errno : 0;
  close(fd);
  *flags = (uint32_t)value;
  return result;
}

int cposix_set_flags(int held, uint32_t flags) {
  int fd = open_for_flags(held), value = (int)flags;
  if (fd < 0) return fd;
  int result = ioctl(fd, FS_IOC_SETFLAGS, &value) < 0 ? -errno : 0;
  close(fd);
  return result;
}

/* Undoes what mountinfo writes for spaces: \040. */
static void unescape(char *text) {
  char *to = text;
  for (; *text; to++) {
    unsigned code;
    if (*text == '\\' && sscanf(text + 1, "%3o", &code) == 1) {
      *to = (char)code;
      text += 4;
    } else {
      *to = *text++;
    }
  }
  *to = 0;
}

/* The number of the mount that a descriptor was opened through; -1 if nobody tells. */
static int mount_number(int fd) {
  char name[64], line[256];
  snprintf(name, sizeof name, "/proc/self/fdinfo/%d", fd);
  FILE *file = fopen(name, "re");
  if (!file) return -1;
  int number = -1;
  while (number < 0 && fgets(line, sizeof line, file)) sscanf(line, "mnt_id: %d", &number);
  fclose(file);
  return number;
}

int cposix_mount(int fd, char *point, size_t point_size, char *type, size_t type_size) {
  int wanted = mount_number(fd), is_found = 0;
  FILE *file = wanted < 0 ? NULL : fopen("/proc/self/mountinfo", "re");
  if (!file) return 0;
  char *line = NULL;
  size_t room = 0;
  while (!is_found && getline(&line, &room, file) > 0) {
    /* 36 35 98:0 /root /point rw,noatime master:1 - ext3 /dev/sda1 rw */
    int number;
    char *place = NULL, *kind = NULL;
    char *rest = strstr(line, " - ");
    if (rest && sscanf(line, "%d %*d %*s %*s %ms", &number, &place) == 2 && number == wanted &&
        sscanf(rest, " - %ms", &kind) == 1) {
      unescape(place);
      is_found = snprintf(point, point_size, "%s", place) < (int)point_size &&
                 snprintf(type, type_size, "%s", kind) < (int)type_size;
    }
    free(place);
    free(kind);
  }
  free(line);
  fclose(file);
  return is_found;
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
  selinux.get = (int (*)(const char *, char **))dlsym(library, "getfilecon_raw");
  selinux.set = (int (*)(const char *, const char *))dlsym(library, "setfilecon");
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

int cposix_selinux_context(int fd, char *context, size_t size) {
  if (!cposix_selinux_is_on()) return 0;
  char *found = NULL, name[CPOSIX_DESCRIPTOR_NAME];
  cposix_name_descriptor(fd, name);
  errno = 0;
  return take(selinux.get(name, &found), found, context, size);
}

int cposix_selinux_usual_context(const char *path, int is_folder, char *context, size_t size) {
  if (!cposix_selinux_is_on()) return 0;
  char *found = NULL;
  errno = 0;
  return take(selinux.usual(path, is_folder ? S_IFDIR : S_IFREG, &found), found, context, size);
}

int cposix_selinux_set_context(int fd, const char *context) {
  if (!cposix_selinux_is_on()) return 0;
  char name[CPOSIX_DESCRIPTOR_NAME];
  cposix_name_descriptor(fd, name);
  errno = 0;
  return selinux.set(name, context) < 0 ? -(errno ? errno : EINVAL) : 0;
}
