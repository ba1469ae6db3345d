#define _GNU_SOURCE 1
#include "CPosix.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* How often to look whether the program has ended while others hold its pipes open, or after it
 * has closed them itself: milliseconds. What ends as most do is seen at once. */
enum { TICK = 20 };

/* Pointers to the texts of a list in which a NUL ends each; to be freed. */
static char **pointers(const char *list, size_t size) {
  size_t count = 0;
  for (size_t i = 0; i < size; i++) count += list[i] == 0;
  char **texts = calloc(count + 1, sizeof *texts);
  if (!texts) return NULL;
  for (size_t i = 0, place = 0; place < count; place++) {
    texts[place] = (char *)list + i;
    i += strlen(list + i) + 1;
  }
  return texts;
}

static void close_both(int pipe[2]) {
  for (int end = 0; end < 2; end++)
    if (pipe[end] >= 0) close(pipe[end]);
}

/* Starts the program with the inner ends of the pipes, in a process group of its own and with no
 * signal blocked or ignored. */
static int start(const cposix_program *program, int pipes[3][2], pid_t *pid) {
  char **arguments = pointers(program->arguments, program->arguments_size);
  char **environment = pointers(program->environment, program->environment_size);
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setflags(
      &attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  int error = arguments && environment && arguments[0] ? 0 : ENOMEM;
  if (!error)
    error = program->input
                ? posix_spawn_file_actions_adddup2(&actions, pipes[0][0], 0)
                : posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  if (!error) error = posix_spawn_file_actions_adddup2(&actions, pipes[1][1], 1);
  if (!error) error = posix_spawn_file_actions_adddup2(&actions, pipes[2][1], 2);
  if (!error && program->folder)
    error = posix_spawn_file_actions_addchdir_np(&actions, program->folder);
  if (!error)
    error = posix_spawnp(pid, arguments[0], &actions, &attributes, arguments, environment);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  free(arguments);
  free(environment);
  return -error;
}

/* Feeds the program and takes what it prints, until it has ended and nothing is left to read, or
 * its time is over. What a process it leaves behind prints later is not waited for. */
static int serve(const cposix_program *program, int fds[3], pid_t pid, void *context,
                 void (*output)(void *, int, const char *, size_t), int *status) {
  const char *input = program->input;
  size_t left = program->input ? program->input_size : 0;
  int64_t deadline = cposix_clock() + program->milliseconds;
  int has_ended = 0;
  for (;;) {
    if (fds[0] >= 0 && left == 0) {
      close(fds[0]);
      fds[0] = -1;
    }
    struct pollfd polled[3];
    for (int i = 0; i < 3; i++)
      polled[i] = (struct pollfd){.fd = fds[i], .events = i == 0 ? POLLOUT : POLLIN};
    int ready = poll(polled, 3, has_ended ? 0 : TICK);
    if (polled[0].revents && fds[0] >= 0) {
      ssize_t written = write(fds[0], input, left);
      if (written > 0) {
        input += written;
        left -= (size_t)written;
      } else if (written < 0 && errno != EAGAIN && errno != EINTR) {
        left = 0; /* it does not want the rest */
      }
    }
    for (int i = 1; i < 3; i++) {
      if (fds[i] < 0 || !polled[i].revents) continue;
      char chunk[16384];
      ssize_t count = read(fds[i], chunk, sizeof chunk);
      if (count > 0) output(context, i, chunk, (size_t)count);
      if (count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR)) {
        close(fds[i]);
        fds[i] = -1;
      }
    }
    int is_silent = fds[1] < 0 && fds[2] < 0;
    if (has_ended && (is_silent || ready <= 0)) return 0;
    if (!has_ended && (is_silent || ready == 0)) {
      pid_t ended = waitpid(pid, status, WNOHANG);
      if (ended < 0 && errno != EINTR) return -errno;
      has_ended = ended == pid;
    }
    if (cposix_clock() > deadline) {
      kill(-pid, SIGKILL);
      if (!has_ended)
        while (waitpid(pid, status, 0) < 0 && errno == EINTR) {}
      return -ETIMEDOUT;
    }
  }
}

int cposix_run(const cposix_program *program, void *context,
               void (*output)(void *, int, const char *, size_t), int *code) {
  int pipes[3][2] = {{-1, -1}, {-1, -1}, {-1, -1}};
  int result = 0;
  for (int i = program->input ? 0 : 1; i < 3 && result == 0; i++)
    if (pipe2(pipes[i], O_CLOEXEC) < 0) result = -errno;
  pid_t pid = -1;
  if (result == 0) result = start(program, pipes, &pid);
  if (result < 0) {
    for (int i = 0; i < 3; i++) close_both(pipes[i]);
    return result;
  }
  int fds[3] = {pipes[0][1], pipes[1][0], pipes[2][0]};
  int inner[3] = {pipes[0][0], pipes[1][1], pipes[2][1]};
  for (int i = 0; i < 3; i++) {
    if (inner[i] >= 0) close(inner[i]);
    if (fds[i] >= 0) fcntl(fds[i], F_SETFL, O_NONBLOCK);
  }
  /* A program that does not read its input must not end this process. */
  void (*before)(int) = signal(SIGPIPE, SIG_IGN);
  int status = 0;
  result = serve(program, fds, pid, context, output, &status);
  signal(SIGPIPE, before);
  for (int i = 0; i < 3; i++)
    if (fds[i] >= 0) close(fds[i]);
  *code = WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
  return result;
}
