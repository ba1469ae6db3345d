/* The system calls a module needs, in a form that Swift can call in Embedded mode, where neither
 * Glibc's overlay nor variadic functions, errno and macros are at hand. This header includes
 * nothing of the C library but integer types, so that both build modes see the same declarations.
 *
 * Unless said otherwise a function returns 0 or a file descriptor on success and minus the errno
 * on failure, and goes on after EINTR.
 */
#pragma once
#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

/* The process */
int cposix_argument_count(void);
const char *_Nullable cposix_argument(int index);
const char *_Nullable cposix_environment(const char *name);
void cposix_exit(int code) __attribute__((noreturn));
int cposix_process_id(void);
uint32_t cposix_umask(void);
/* 64 random bits, from the kernel. */
uint64_t cposix_random(void);
/* The local time as in 2026-01-31@23:59:59. */
void cposix_local_time(char *text, size_t size);
/* The text of an errno, as in "No such file or directory": never null, never freed. */
const char *cposix_error_text(int error);

/* The numbers of errors that callers tell apart; files.c holds them against <errno.h>. */
enum {
  CPOSIX_EPERM = 1,
  CPOSIX_ENOENT = 2,
  CPOSIX_EACCES = 13,
  CPOSIX_EEXIST = 17,
  CPOSIX_EXDEV = 18,
  CPOSIX_ETXTBSY = 26,
  CPOSIX_EBUSY = 16,
  CPOSIX_EROFS = 30,
  CPOSIX_ENOTTY = 25,
  CPOSIX_EOPNOTSUPP = 95,
  CPOSIX_ETIMEDOUT = 110,
};

/* Time: milliseconds of a clock that only goes forward, from any beginning. */
int64_t cposix_clock(void);
void cposix_sleep(int64_t milliseconds);

/* Kinds of file */
enum {
  CPOSIX_REGULAR = 1,
  CPOSIX_DIRECTORY,
  CPOSIX_SYMLINK,
  CPOSIX_OTHER,
};

typedef struct {
  uint32_t kind;
  uint32_t mode; /* permission bits, 07777 */
  uint32_t uid, gid;
  uint64_t links;
  int64_t size; /* bytes */
  int64_t modified; /* seconds since 1970 */
} cposix_status;

int cposix_stat(const char *path, int follow_symlink, cposix_status *status);
int cposix_stat_descriptor(int fd, cposix_status *status);

/* Opening. Descriptors close on exec. */
int cposix_open_for_reading(const char *path); /* does not wait for the writer of a FIFO */
int cposix_open_directory(const char *path);
int cposix_open_for_overwriting(const char *path); /* an existing file, emptied */
int cposix_create_new(const char *path); /* for writing, 0600, must not exist */
int cposix_close(int fd);

/* Bytes read, 0 at the end of the file. */
int64_t cposix_read(int fd, void *buffer, size_t count);
int cposix_write_all(int fd, const void *_Nullable bytes, size_t count);
int cposix_sync(int fd);
/* Takes the exclusive lock of an open file, or returns -EWOULDBLOCK at once. */
int cposix_try_lock(int fd);

/* Owner and mode; an id of UINT32_MAX keeps what is. */
int cposix_change_owner(const char *path, uint32_t uid, uint32_t gid); /* of a symlink itself */
int cposix_change_owner_descriptor(int fd, uint32_t uid, uint32_t gid);
int cposix_change_mode(const char *path, uint32_t mode); /* not of a symlink's target */
int cposix_change_mode_descriptor(int fd, uint32_t mode);

/* The flags that chattr sets, FS_IOC_SETFLAGS; -ENOTTY or -EOPNOTSUPP where a file system has none. */
int cposix_get_flags(const char *path, uint32_t *flags);
int cposix_set_flags(const char *path, uint32_t flags);

/* SELinux, through libselinux opened at run time: contexts as in `system_u:object_r:etc_t:s0`, of a
 * symlink itself. 1 found; 0 where SELinux is off. */
int cposix_selinux_is_on(void);
int cposix_selinux_context(const char *path, char *context, size_t size);
/* What the policy gives a file of this path. */
int cposix_selinux_usual_context(const char *path, char *context, size_t size);
int cposix_selinux_set_context(const char *path, const char *context);

/* Names */
int cposix_rename(const char *from, const char *to);
/* The path without symlinks: 1, or 0 where there is none. */
int cposix_real_path(const char *path, char *real, size_t size);
int cposix_remove_file(const char *path);
int cposix_remove_directory(const char *path); /* an empty one */
int cposix_make_directory(const char *path, uint32_t mode);
/* Calls body with the name of each entry of the folder but "." and "..". */
int cposix_list(const char *path, void *context, void (*body)(void *context, const char *name));

/* Programs */
typedef struct {
  const char *arguments; /* a NUL ends each; the first is a path, or a name to look for in PATH */
  size_t arguments_size;
  const char *environment; /* NAME=value, a NUL ends each */
  size_t environment_size;
  const char *_Nullable folder; /* where it starts; null: here */
  const void *_Nullable input;  /* null: /dev/null */
  size_t input_size;
  int64_t milliseconds; /* time limit */
} cposix_program;

/* Runs a program, never a shell, and calls `output` with what it prints on stream 1 and 2. `code`
 * becomes its exit code, or minus the signal that ended it. Beyond the time limit the program and
 * its process group are killed: -ETIMEDOUT. */
int cposix_run(const cposix_program *program, void *context,
               void (*output)(void *context, int stream, const char *bytes, size_t count),
               int *code);
/* The entry of this process's environment, `NAME=value`; null behind the last. */
const char *_Nullable cposix_environment_entry(int index);

/* Sockets. Beside the errors above, what connecting and reading can end with: */
enum {
  CPOSIX_ENOTDIR = 20,
  CPOSIX_EFBIG = 27,
  CPOSIX_EPIPE = 32,
  CPOSIX_ENAMETOOLONG = 36,
  CPOSIX_ENOTSOCK = 88,
  CPOSIX_EPROTOTYPE = 91,
  CPOSIX_ECONNRESET = 104,
  CPOSIX_ECONNREFUSED = 111,
};

/* Connects to the unix stream socket at `path`, sends `request` and calls `take` with what comes
 * back until the other side closes; a `take` that returns other than 0 ends it: -EFBIG. All of it
 * within the time given, or -ETIMEDOUT. -ENOTSOCK: there is a file, but no socket. */
int cposix_ask(const char *path, const void *request, size_t size, int64_t milliseconds,
               void *context, int (*take)(void *context, const char *bytes, size_t count));

/* Whether a name fits a shell's pattern with *, ? and [...], as fnmatch(3); a backslash is itself. */
int cposix_matches(const char *pattern, const char *name);

/* Accounts, through NSS: 1 found, 0 not found. A name that does not fit is cut. */
int cposix_user_id(const char *name, uint32_t *uid);
int cposix_group_id(const char *name, uint32_t *gid);
int cposix_user_name(uint32_t uid, char *name, size_t size);
int cposix_group_name(uint32_t gid, char *name, size_t size);
/* The home of a user; of the user who runs this when the name is null. */
int cposix_user_home(const char *_Nullable name, char *home, size_t size);

#pragma clang assume_nonnull end
