#define _GNU_SOURCE 1
#include "CPosix.h"

#include <errno.h>
#include <fnmatch.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

_Static_assert(CPOSIX_ENOTDIR == ENOTDIR && CPOSIX_EFBIG == EFBIG && CPOSIX_EPIPE == EPIPE &&
                   CPOSIX_ENAMETOOLONG == ENAMETOOLONG && CPOSIX_ENOTSOCK == ENOTSOCK &&
                   CPOSIX_EPROTOTYPE == EPROTOTYPE && CPOSIX_ECONNRESET == ECONNRESET &&
                   CPOSIX_ECONNREFUSED == ECONNREFUSED,
               "Linux gives these errors other numbers here");

/* How often to try again while the listener has no room for one more: milliseconds. */
enum { RETRY_AFTER = 10 };

/* Waits until the socket is ready, or -ETIMEDOUT. */
static int wait_for(int fd, short events, int64_t deadline) {
  for (;;) {
    int64_t left = deadline - cposix_clock();
    struct pollfd polled = {.fd = fd, .events = events};
    int ready = poll(&polled, 1, left < 0 ? 0 : left > 60000 ? 60000 : (int)left);
    if (ready > 0) return 0;
    if (ready < 0 && errno != EINTR) return -errno;
    if (left <= 0) return -ETIMEDOUT;
  }
}

/* A unix socket without room for one more connection answers EAGAIN at once, and poll does not tell
 * when there is room again. A file that is no socket is "refused" like a socket nobody listens on. */
static int connect_to(const char *path, int fd, int64_t deadline) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  size_t length = strlen(path);
  if (length >= sizeof address.sun_path) return -ENAMETOOLONG;
  memcpy(address.sun_path, path, length + 1);
  while (connect(fd, (struct sockaddr *)&address, sizeof address) < 0) {
    int error = errno;
    struct stat found;
    if (error == ECONNREFUSED && stat(path, &found) == 0 && !S_ISSOCK(found.st_mode))
      return -ENOTSOCK;
    if (error != EAGAIN && error != EINTR) return -error;
    if (cposix_clock() >= deadline) return -ETIMEDOUT;
    if (error == EAGAIN) cposix_sleep(RETRY_AFTER);
  }
  return 0;
}

static int converse(int fd, const char *request, size_t size, int64_t deadline, void *context,
                    int (*take)(void *, const char *, size_t)) {
  while (size > 0) {
    ssize_t sent = send(fd, request, size, MSG_NOSIGNAL);
    if (sent >= 0) {
      request += sent;
      size -= (size_t)sent;
    } else if (errno == EAGAIN) {
      int result = wait_for(fd, POLLOUT, deadline);
      if (result < 0) return result;
    } else if (errno != EINTR) {
      return -errno;
    }
  }
  for (;;) {
    char chunk[16384];
    ssize_t count = recv(fd, chunk, sizeof chunk, 0);
    if (count == 0) return 0;
    if (count > 0) {
      if (take(context, chunk, (size_t)count) != 0) return -EFBIG;
      if (cposix_clock() >= deadline) return -ETIMEDOUT; /* one who never ends */
    } else if (errno == EAGAIN) {
      int result = wait_for(fd, POLLIN, deadline);
      if (result < 0) return result;
    } else if (errno != EINTR) {
      return -errno;
    }
  }
}

int cposix_ask(const char *path, const void *request, size_t size, int64_t milliseconds,
               void *context, int (*take)(void *, const char *, size_t)) {
  int64_t deadline = cposix_clock() + milliseconds;
  int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0) return -errno;
  int result = connect_to(path, fd, deadline);
  if (result == 0) result = converse(fd, request, size, deadline, context, take);
  close(fd);
  return result;
}

int cposix_matches(const char *pattern, const char *name) {
  return fnmatch(pattern, name, FNM_NOESCAPE) == 0;
}
