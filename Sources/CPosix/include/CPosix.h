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
uint32_t cposix_effective_user(void);
uint32_t cposix_umask(void);
/* 64 random bits, from the kernel. */
uint64_t cposix_random(void);
/* The time in seconds since 1970, by the clock of the system. */
int64_t cposix_time(void);
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
  CPOSIX_EINVAL = 22,
  CPOSIX_ETXTBSY = 26,
  CPOSIX_EBUSY = 16,
  CPOSIX_ENOTDIR = 20,
  CPOSIX_ENOSPC = 28,
  CPOSIX_EROFS = 30,
  CPOSIX_ELOOP = 40,
  CPOSIX_ENOTTY = 25,
  CPOSIX_ENOSYS = 38,
  CPOSIX_EOPNOTSUPP = 95,
  CPOSIX_ETIMEDOUT = 110,
};

/* Writes a line to syslog, as this program, with the priority of information. The facility is a number
 * of syslog's protocol: 1 is user, 16 local0. */
void cposix_log(const char *name, int facility, const char *text);

/* Time: milliseconds of a clock that only goes forward, from any beginning. */
int64_t cposix_clock(void);
void cposix_sleep(int64_t milliseconds);

/* A finite number as Python's repr writes it: the shortest digits that read back, with an exponent
 * below 1e-4 and from 1e16 on. Returns its length. */
enum { CPOSIX_NUMBER_TEXT = 32 };
int cposix_number_text(double number, void *text);
/* 1 when the text of this length is a number to strtod, which no blank may precede. The process never
 * calls setlocale: the C locale is read. */
int cposix_parse_number(const char *text, long length, double *number);

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

/* A name in a folder is given by the descriptor of the folder, `at`, and the name; CPOSIX_HERE as
 * the folder takes any path. Symlinks are not followed unless that is said. */
enum { CPOSIX_HERE = -100 };

int cposix_stat(int at, const char *name, int follow_symlink, cposix_status *status);
int cposix_stat_descriptor(int fd, cposix_status *status);

/* Opening. Descriptors close on exec. */
int cposix_hold(int at, const char *name); /* whatever it is, not opened: O_PATH */
int cposix_hold_folder(int at, const char *name); /* -ENOTDIR for anything else, symlinks too */
/* Does not wait for the writer of a FIFO. */
int cposix_open_for_reading(int at, const char *name, int follow_symlink);
int cposix_open_for_overwriting(int at, const char *name); /* an existing file, emptied */
int cposix_create_new(int at, const char *name); /* for writing, 0600, must not exist */
int cposix_close(int fd);

/* Bytes read, 0 at the end of the file. */
int64_t cposix_read(int fd, void *buffer, size_t count);
int cposix_write_all(int fd, const void *_Nullable bytes, size_t count);
int cposix_sync(int fd);
int cposix_sync_folder(int fd); /* of one that is held */
/* Takes the exclusive lock of an open file, or returns -EWOULDBLOCK at once. */
int cposix_try_lock(int fd);

/* What follows takes descriptors that are open or held. */

/* Owner and mode; an id of UINT32_MAX keeps what is. */
int cposix_change_owner(int fd, uint32_t uid, uint32_t gid);
int cposix_change_mode(int fd, uint32_t mode); /* -ELOOP for a symlink */

/* The flags that chattr sets, FS_IOC_SETFLAGS; -ENOTTY or -EOPNOTSUPP where a file has none. */
int cposix_get_flags(int fd, uint32_t *flags);
int cposix_set_flags(int fd, uint32_t flags);

/* SELinux, through libselinux opened at run time: contexts as in `system_u:object_r:etc_t:s0`.
 * 1 found; 0 where SELinux is off. */
int cposix_selinux_is_on(void);
int cposix_selinux_context(int fd, char *context, size_t size);
/* What the policy gives a regular file, or folder, of this path. */
int cposix_selinux_usual_context(const char *path, int is_folder, char *context, size_t size);
int cposix_selinux_set_context(int fd, const char *context);

/* Where the file system that a file lies on is mounted, and its type: 1, or 0 if nobody tells. */
int cposix_mount(int fd, char *point, size_t point_size, char *type, size_t type_size);

/* A path that leads to what the descriptor stands for, without a look at any name. */
enum { CPOSIX_DESCRIPTOR_NAME = 32 };
void cposix_name_descriptor(int fd, char *name);

/* Certificates and keys in DER, through libcrypto opened at run time: 1 yes, 0 no, -ENOSYS where
 * there is no libcrypto, -EINVAL when it cannot read one of the two. It prints and asks nothing. */
/* Whether the issuer's key made the certificate's signature; -EOPNOTSUPP when libcrypto knows its
 * algorithm not or allows it no more. */
int cposix_verify_certificate(const uint8_t *der, size_t size, const uint8_t *issuer_der,
                              size_t issuer_size);
/* Whether the private key is that of the certificate. */
int cposix_key_belongs(const uint8_t *key_der, size_t key_size, const uint8_t *der, size_t size);

/* Names */
int cposix_rename(int from_at, const char *from, int at, const char *to);
/* What a symlink says that is held: 1, or 0 where it cannot be read or does not fit. */
int cposix_read_link(int fd, char *target, size_t size);
/* The path without symlinks, as the kernel knows it: 1, or 0. */
int cposix_true_path(int fd, char *path, size_t size);
int cposix_remove_file(int at, const char *name);
int cposix_remove_directory(int at, const char *name); /* an empty one */
int cposix_make_directory(int at, const char *name, uint32_t mode);
/* Calls body with the name of each entry of the folder but "." and "..". */
int cposix_list(int fd, void *context, void (*body)(void *context, const char *name));

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

/* HTTP and HTTPS through libcurl, opened at run time. A client keeps its connections from request to
 * request. Redirects are not followed, ~/.netrc is not read, and no other protocol is spoken; the
 * proxies of the environment are used as libcurl does: http_proxy, https_proxy or HTTPS_PROXY,
 * all_proxy or ALL_PROXY, but for the hosts of no_proxy or NO_PROXY. */
typedef struct {
  /* A NUL ends each: the method; the URL; a PEM file of the only CAs to trust, or nothing for what
   * libcurl trusts on this host; the client's own certificate, a PEM file, or nothing; its key,
   * likewise; then the headers, "Name: value". */
  const char *texts;
  size_t texts_size;
  const void *_Nullable body;
  size_t body_size;
  int verifies;          /* the server's certificate and its name */
  int is_never_repeated; /* a new connection: libcurl itself repeats what an old one has lost */
  int64_t connect_milliseconds;
  int64_t milliseconds; /* for all of it */
  size_t limit;         /* bytes of the answer's body */
  /* Called with each line of the answer's head, and with its body part by part. */
  void (*header)(void *context, const char *line, size_t size);
  void (*body_part)(void *context, const char *bytes, size_t size);
} cposix_http_request;

/* How it ended. */
typedef struct {
  int code;         /* libcurl's or CPOSIX_HTTP_PROXY, 0: there is a whole answer */
  int status;       /* of the answer, or of a proxy's that refuses; 0 where none came */
  int was_sent;     /* whether bytes of the request have left, and not for a proxy alone */
  int is_too_large; /* the body goes beyond the limit */
  char text[256];   /* libcurl's words for the code */
} cposix_http_outcome;

/* The codes of libcurl that callers tell apart. */
enum {
  CPOSIX_HTTP_URL = 3,
  CPOSIX_HTTP_PROXY_NAME = 5,
  CPOSIX_HTTP_NAME = 6,
  CPOSIX_HTTP_CONNECT = 7,
  CPOSIX_HTTP_CUT_SHORT = 18,
  CPOSIX_HTTP_MEMORY = 27,
  CPOSIX_HTTP_TIME = 28,
  CPOSIX_HTTP_HANDSHAKE = 35,
  CPOSIX_HTTP_NO_ANSWER = 52,
  CPOSIX_HTTP_OWN_CERTIFICATE = 58,
  CPOSIX_HTTP_CERTIFICATE = 60,
  CPOSIX_HTTP_CA_FILE = 77,
  /* None of libcurl's: a proxy has refused to pass the request on, or its CONNECT. */
  CPOSIX_HTTP_PROXY = 1000,
};

/* Null where there is no libcurl. */
void *_Nullable cposix_http_open(void);
void cposix_http_close(void *client);
/* One request. 0, whatever its outcome; -ENOMEM; -EINVAL without the five texts. */
int cposix_http(void *client, const cposix_http_request *request, void *context,
                cposix_http_outcome *outcome);

/* Whether a name fits a shell's pattern with *, ? and [...], as fnmatch(3); a backslash is itself. */
int cposix_matches(const char *pattern, const char *name);

/* Whether both are the same IPv6 address, however each is written: 1 yes, 0 no. */
int cposix_same_address(const char *left, const char *right);

/* Accounts, through NSS: 1 found, 0 not found. A name that does not fit is cut. */
int cposix_user_id(const char *name, uint32_t *uid);
int cposix_group_id(const char *name, uint32_t *gid);
int cposix_user_name(uint32_t uid, char *name, size_t size);
int cposix_group_name(uint32_t gid, char *name, size_t size);
/* The home of a user; of the user who runs this when the name is null. */
int cposix_user_home(const char *_Nullable name, char *home, size_t size);

#pragma clang assume_nonnull end
