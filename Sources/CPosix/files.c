#define _GNU_SOURCE 1
#include "CPosix.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

_Static_assert(CPOSIX_EPERM == EPERM && CPOSIX_ENOENT == ENOENT && CPOSIX_EACCES == EACCES &&
                   CPOSIX_EEXIST == EEXIST && CPOSIX_EROFS == EROFS &&
                   CPOSIX_EXDEV == EXDEV && CPOSIX_ETXTBSY == ETXTBSY &&
                   CPOSIX_EBUSY == EBUSY && CPOSIX_ENOTTY == ENOTTY &&
                   CPOSIX_EINVAL == EINVAL && CPOSIX_ENOSYS == ENOSYS &&
                   CPOSIX_EOPNOTSUPP == EOPNOTSUPP && CPOSIX_ETIMEDOUT == ETIMEDOUT,
               "Linux gives these errors other numbers here");

/* The value of a call repeated while signals interrupt it; minus errno if it fails. */
#define RETRY(call)                                         \
  ({                                                        \
    __typeof__(call) result;                                \
    do {                                                    \
      result = (call);                                      \
    } while (result < 0 && errno == EINTR);                 \
    result < 0 ? (__typeof__(call))(-errno) : result;       \
  })

static void describe(const struct stat *from, cposix_status *to) {
  to->kind = S_ISREG(from->st_mode)   ? CPOSIX_REGULAR
             : S_ISDIR(from->st_mode) ? CPOSIX_DIRECTORY
             : S_ISLNK(from->st_mode) ? CPOSIX_SYMLINK
                                      : CPOSIX_OTHER;
  to->mode = from->st_mode & 07777;
  to->uid = from->st_uid;
  to->gid = from->st_gid;
  to->links = from->st_nlink;
  to->size = from->st_size;
  to->modified = from->st_mtim.tv_sec;
}

int cposix_stat(const char *path, int follow_symlink, cposix_status *status) {
  struct stat found;
  int result = RETRY(fstatat(AT_FDCWD, path, &found, follow_symlink ? 0 : AT_SYMLINK_NOFOLLOW));
  if (result == 0) describe(&found, status);
  return result;
}

int cposix_stat_descriptor(int fd, cposix_status *status) {
  struct stat found;
  int result = RETRY(fstat(fd, &found));
  if (result == 0) describe(&found, status);
  return result;
}

int cposix_open_for_reading(const char *path) {
  return RETRY(open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
}

int cposix_open_directory(const char *path) {
  return RETRY(open(path, O_RDONLY | O_CLOEXEC | O_DIRECTORY));
}

int cposix_open_for_overwriting(const char *path) {
  return RETRY(open(path, O_WRONLY | O_CLOEXEC | O_TRUNC | O_NOFOLLOW));
}

int cposix_create_new(const char *path) {
  return RETRY(open(path, O_WRONLY | O_CLOEXEC | O_CREAT | O_EXCL | O_NOFOLLOW, 0600));
}

/* Not repeated: Linux has closed the descriptor even when it reports EINTR. */
int cposix_close(int fd) { return close(fd) == 0 || errno == EINTR ? 0 : -errno; }

int64_t cposix_read(int fd, void *buffer, size_t count) { return RETRY(read(fd, buffer, count)); }

int cposix_write_all(int fd, const void *bytes, size_t count) {
  const char *position = bytes;
  while (count > 0) {
    ssize_t written = RETRY(write(fd, position, count));
    if (written < 0) return (int)written;
    position += written;
    count -= (size_t)written;
  }
  return 0;
}

/* Some file systems have nothing to bring to a disk and say so. */
int cposix_sync(int fd) {
  int result = RETRY(fsync(fd));
  return result == -EINVAL ? 0 : result;
}

int cposix_try_lock(int fd) { return RETRY(flock(fd, LOCK_EX | LOCK_NB)); }

int cposix_change_owner(const char *path, uint32_t uid, uint32_t gid) {
  return RETRY(lchown(path, uid, gid));
}

int cposix_change_owner_descriptor(int fd, uint32_t uid, uint32_t gid) {
  return RETRY(fchown(fd, uid, gid));
}

/* Linux has no chmod that stops at a symlink: whoever owns the folder could put one there after
 * the caller has looked, so the file is held first, without opening it. */
int cposix_change_mode(const char *path, uint32_t mode) {
  int fd = RETRY(open(path, O_PATH | O_NOFOLLOW | O_CLOEXEC));
  if (fd < 0) return fd;
  char held[32];
  snprintf(held, sizeof held, "/proc/self/fd/%d", fd);
  struct stat found;
  int result = RETRY(fstat(fd, &found));
  if (result == 0) result = S_ISLNK(found.st_mode) ? -ELOOP : RETRY(chmod(held, mode));
  close(fd);
  return result;
}

int cposix_change_mode_descriptor(int fd, uint32_t mode) { return RETRY(fchmod(fd, mode)); }

int cposix_rename(const char *from, const char *to) { return RETRY(rename(from, to)); }

int cposix_real_path(const char *path, char *real, size_t size) {
  char *found = realpath(path, NULL);
  if (!found) return 0;
  int fits = snprintf(real, size, "%s", found) < (int)size;
  free(found);
  return fits;
}

int cposix_remove_file(const char *path) { return RETRY(unlink(path)); }

int cposix_remove_directory(const char *path) { return RETRY(rmdir(path)); }

int cposix_make_directory(const char *path, uint32_t mode) { return RETRY(mkdir(path, mode)); }

int cposix_list(const char *path, void *context, void (*body)(void *, const char *)) {
  DIR *folder = opendir(path);
  if (!folder) return -errno;
  struct dirent *entry;
  errno = 0;
  while ((entry = readdir(folder))) {
    if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
      body(context, entry->d_name);
    errno = 0;
  }
  int error = errno;
  closedir(folder);
  return -error;
}
