#define _GNU_SOURCE 1
#include "CPosix.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

_Static_assert(CPOSIX_EPERM == EPERM && CPOSIX_ENOENT == ENOENT && CPOSIX_EACCES == EACCES &&
                   CPOSIX_EEXIST == EEXIST && CPOSIX_ENOSPC == ENOSPC && CPOSIX_EROFS == EROFS &&
                   CPOSIX_EXDEV == EXDEV && CPOSIX_ETXTBSY == ETXTBSY &&
                   CPOSIX_EBUSY == EBUSY && CPOSIX_ENOTTY == ENOTTY &&
                   CPOSIX_ENOTDIR == ENOTDIR && CPOSIX_ELOOP == ELOOP &&
                   CPOSIX_EINVAL == EINVAL && CPOSIX_ENOSYS == ENOSYS &&
                   CPOSIX_EOPNOTSUPP == EOPNOTSUPP && CPOSIX_ETIMEDOUT == ETIMEDOUT &&
                   CPOSIX_HERE == AT_FDCWD,
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

int cposix_stat(int at, const char *name, int follow_symlink, cposix_status *status) {
  struct stat found;
  int result = RETRY(fstatat(at, name, &found, follow_symlink ? 0 : AT_SYMLINK_NOFOLLOW));
  if (result == 0) describe(&found, status);
  return result;
}

int cposix_stat_descriptor(int fd, cposix_status *status) {
  struct stat found;
  int result = RETRY(fstat(fd, &found));
  if (result == 0) describe(&found, status);
  return result;
}

int cposix_hold(int at, const char *name) {
  return RETRY(openat(at, name, O_PATH | O_NOFOLLOW | O_CLOEXEC));
}

/* Unlike cposix_hold it waits for a file system that is mounted on use. */
int cposix_hold_folder(int at, const char *name) {
  return RETRY(openat(at, name, O_PATH | O_NOFOLLOW | O_DIRECTORY | O_CLOEXEC));
}

int cposix_open_for_reading(int at, const char *name, int follow_symlink) {
  return RETRY(openat(at, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY |
                                    (follow_symlink ? 0 : O_NOFOLLOW)));
}

int cposix_open_for_overwriting(int at, const char *name) {
  return RETRY(openat(at, name, O_WRONLY | O_CLOEXEC | O_TRUNC | O_NOFOLLOW));
}

int cposix_create_new(int at, const char *name) {
  return RETRY(openat(at, name, O_WRONLY | O_CLOEXEC | O_CREAT | O_EXCL | O_NOFOLLOW, 0600));
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

/* A folder that is only held must be opened for it. */
static int open_held_folder(int fd) {
  return RETRY(openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
}

int cposix_sync_folder(int fd) {
  int folder = open_held_folder(fd);
  if (folder < 0) return folder;
  int result = cposix_sync(folder);
  close(folder);
  return result;
}

int cposix_try_lock(int fd) { return RETRY(flock(fd, LOCK_EX | LOCK_NB)); }

int cposix_change_owner(int fd, uint32_t uid, uint32_t gid) {
  return RETRY(fchownat(fd, "", uid, gid, AT_EMPTY_PATH));
}

/* A file that is only held takes no fchmod, and Linux has no chmod that stops at a symlink. */
int cposix_change_mode(int fd, uint32_t mode) {
  int result = RETRY(fchmod(fd, mode));
  if (result != -EBADF) return result;
  struct stat found;
  result = RETRY(fstat(fd, &found));
  if (result < 0) return result;
  if (S_ISLNK(found.st_mode)) return -ELOOP;
  char held[CPOSIX_DESCRIPTOR_NAME];
  cposix_name_descriptor(fd, held);
  return RETRY(chmod(held, mode));
}

void cposix_name_descriptor(int fd, char *name) {
  snprintf(name, CPOSIX_DESCRIPTOR_NAME, "/proc/self/fd/%d", fd);
}

int cposix_rename(int from_at, const char *from, int at, const char *to) {
  return RETRY(renameat(from_at, from, at, to));
}

/* What a link says: 1, or 0 where it cannot be read or does not fit. */
static int read_link(int at, const char *name, char *target, size_t size) {
  ssize_t length = readlinkat(at, name, target, size);
  if (length < 0 || (size_t)length >= size) return 0;
  target[length] = 0;
  return 1;
}

int cposix_read_link(int fd, char *target, size_t size) { return read_link(fd, "", target, size); }

int cposix_true_path(int fd, char *path, size_t size) {
  char held[CPOSIX_DESCRIPTOR_NAME];
  cposix_name_descriptor(fd, held);
  return read_link(AT_FDCWD, held, path, size);
}

int cposix_remove_file(int at, const char *name) { return RETRY(unlinkat(at, name, 0)); }

int cposix_remove_directory(int at, const char *name) {
  return RETRY(unlinkat(at, name, AT_REMOVEDIR));
}

int cposix_make_directory(int at, const char *name, uint32_t mode) {
  return RETRY(mkdirat(at, name, mode));
}

int cposix_list(int fd, void *context, void (*body)(void *, const char *)) {
  int opened = open_held_folder(fd);
  if (opened < 0) return opened;
  DIR *folder = fdopendir(opened);
  if (!folder) {
    int error = errno;
    close(opened);
    return -error;
  }
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
