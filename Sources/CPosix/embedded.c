/* What the Embedded Swift runtime expects of its platform and old glibc lacks, and a last word for
 * a module that the runtime stops. */
#ifdef MCAPI_EMBEDDED
#define _GNU_SOURCE 1
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/random.h>
#include <unistd.h>

#define HIDDEN __attribute__((visibility("hidden")))

/* Seeds the hashing of dictionaries. glibc has it from 2.36 only. */
HIDDEN void arc4random_buf(void *buffer, size_t count) {
  unsigned char *position = buffer;
  while (count > 0) {
    ssize_t filled = getrandom(position, count, 0);
    if (filled < 0 && errno == EINTR) continue;
    if (filled < 0) abort();
    position += filled;
    count -= (size_t)filled;
  }
}

/* In place of what the linker takes out of the standard library: Package.swift, `absent`. */
HIDDEN void cposix_absent(void) { __builtin_trap(); }

/* A failed run-time check of Swift is an illegal instruction on x86_64 and a breakpoint on
 * aarch64, with no message. Ansible must get a failure in JSON all the same; so it must when the
 * stack or the memory runs out. */
static void report(int signal) {
  (void)signal;
  static const char message[] =
      "\n{\"failed\": true, \"msg\": \"internal error: the module stopped at a run-time check; "
      "please report it, without the secrets of the task\"}\n";
  if (write(STDOUT_FILENO, message, sizeof message - 1) < 0) _exit(2);
  _exit(1);
}

__attribute__((constructor)) static void report_traps(void) {
  /* A stack of its own: an overflow of the usual one leaves no room to run the handler. */
  static char stack[16384];
  stack_t alternate = {.ss_sp = stack, .ss_size = sizeof stack};
  sigaltstack(&alternate, NULL);
  struct sigaction action = {.sa_handler = report, .sa_flags = SA_RESETHAND | SA_ONSTACK};
  const int traps[] = {SIGILL, SIGTRAP, SIGABRT, SIGSEGV, SIGBUS, SIGFPE};
  for (size_t i = 0; i < sizeof traps / sizeof *traps; i++) sigaction(traps[i], &action, NULL);
}
#endif
