#define _GNU_SOURCE 1
#include "CPosix.h"

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <time.h>

/* The functions of libcurl that are called, and the numbers of the options that are set. Both are
 * its binary interface, the same since 7.16 of 2006; options that came later are set without a look
 * at the result. No header of libcurl is needed, and no version is chosen. */
static struct {
  int is_there;
  int (*start)(long);
  void *(*open)(void);
  void (*close)(void *);
  void (*reset)(void *);
  int (*set)(void *, int, ...);
  int (*perform)(void *);
  int (*get)(void *, int, ...);
  const char *(*text)(int);
  void *(*append)(void *, const char *);
  void (*free_list)(void *);
} curl;

enum {
  OPT_TIMEOUT_MS = 155,
  OPT_CONNECTTIMEOUT_MS = 156,
  OPT_SSL_VERIFYPEER = 64,
  OPT_FRESH_CONNECT = 74,
  OPT_SSL_VERIFYHOST = 81,
  OPT_HTTP_VERSION = 84,
  OPT_NOSIGNAL = 99,
  OPT_PROTOCOLS = 181,
  OPT_PATH_AS_IS = 234,
  OPT_SUPPRESS_CONNECT_HEADERS = 265,
  OPT_WRITEDATA = 10001,
  OPT_URL = 10002,
  OPT_ERRORBUFFER = 10010,
  OPT_POSTFIELDS = 10015,
  OPT_HTTPHEADER = 10023,
  OPT_SSLCERT = 10025,
  OPT_HEADERDATA = 10029,
  OPT_CUSTOMREQUEST = 10036,
  OPT_CAINFO = 10065,
  OPT_SSLKEY = 10087,
  OPT_CAPATH = 10097,
  OPT_WRITEFUNCTION = 20011,
  OPT_HEADERFUNCTION = 20079,
  OPT_POSTFIELDSIZE_LARGE = 30120,
  INFO_RESPONSE_CODE = 0x200002,
  INFO_REQUEST_SIZE = 0x20000c,
  INFO_CONNECT_CODE = 0x200016,
  INFO_APPCONNECT_TIME = 0x300021,
  HTTP_1_1 = 2,
  HTTP_AND_HTTPS = 3,
};

/* GnuTLS's flavour is what remains where OpenSSL's is not installed. */
static const char *const names[] = {"libcurl.so.4", "libcurl-gnutls.so.4"};

static void open_curl(void) {
  void *library = NULL;
  for (size_t i = 0; !library && i < sizeof names / sizeof *names; i++)
    library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
  if (!library) return;
#define FIND(member, name) *(void **)&curl.member = dlsym(library, "curl_" name)
  FIND(start, "global_init");
  FIND(open, "easy_init");
  FIND(close, "easy_cleanup");
  FIND(reset, "easy_reset");
  FIND(set, "easy_setopt");
  FIND(perform, "easy_perform");
  FIND(get, "easy_getinfo");
  FIND(text, "easy_strerror");
  FIND(append, "slist_append");
  FIND(free_list, "slist_free_all");
#undef FIND
  /* 3: CURL_GLOBAL_ALL */
  curl.is_there = curl.start && curl.open && curl.close && curl.reset && curl.set &&
                  curl.perform && curl.get && curl.text && curl.append && curl.free_list &&
                  curl.start(3) == 0;
}

void *cposix_http_open(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, open_curl);
  return curl.is_there ? curl.open() : NULL;
}

/* CURLOPT_NOSIGNAL, which keeps SIGALRM away, also keeps libcurl from ignoring SIGPIPE. Not every
 * write of it and of its TLS library is free of that: a peer that is gone must not end this process.
 * Blocked for this thread alone, since others may be in the midst of the same. */
static void hold_pipe_signal(sigset_t *before) {
  sigset_t pipe;
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipe, before);
}

static void drop_pipe_signal(const sigset_t *before) {
  sigset_t pipe;
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  /* Signals that were blocked before are somebody else's to take. */
  if (!sigismember(before, SIGPIPE)) {
    static const struct timespec at_once;
    while (sigtimedwait(&pipe, NULL, &at_once) > 0) {}
  }
  pthread_sigmask(SIG_SETMASK, before, NULL);
}

void cposix_http_close(void *client) {
  sigset_t before;
  hold_pipe_signal(&before);
  curl.close(client); /* says goodbye on each connection */
  drop_pipe_signal(&before);
}

/* What an exchange knows while it runs. */
struct exchange {
  const cposix_http_request *request;
  void *context;
  size_t taken; /* bytes of the body */
  int is_too_large;
};

static size_t take_body(const char *bytes, size_t one, size_t count, void *data) {
  struct exchange *exchange = data;
  (void)one;
  if (count > exchange->request->limit - exchange->taken) {
    exchange->is_too_large = 1;
    return 0;
  }
  exchange->taken += count;
  exchange->request->body_part(exchange->context, bytes, count);
  return count;
}

static size_t take_header(const char *line, size_t one, size_t count, void *data) {
  struct exchange *exchange = data;
  (void)one;
  exchange->request->header(exchange->context, line, count);
  return count;
}

int cposix_http(void *client, const cposix_http_request *request, void *context,
                cposix_http_outcome *outcome) {
  struct exchange exchange = {.request = request, .context = context};
  memset(outcome, 0, sizeof *outcome);

  enum { METHOD, URL, CA_FILE, CERTIFICATE, KEY, FIRST_HEADER };
  const char *fields[FIRST_HEADER] = {0};
  int place = 0;
  void *headers = NULL;
  const char *text = request->texts;
  for (; text < request->texts + request->texts_size; text += strlen(text) + 1) {
    if (place < FIRST_HEADER) {
      fields[place++] = text;
      continue;
    }
    void *longer = curl.append(headers, text);
    if (!longer) {
      curl.free_list(headers);
      return -ENOMEM;
    }
    headers = longer;
  }

  if (place < FIRST_HEADER) return -EINVAL;
  /* http or https; of an empty one four bytes are there, which end the texts. */
  const int is_secure = fields[URL][0] == 'h' && fields[URL][4] == 's';

  curl.reset(client);
#define SET(option, value) curl.set(client, option, value)
  SET(OPT_NOSIGNAL, 1L);
  SET(OPT_PROTOCOLS, (long)HTTP_AND_HTTPS);
  SET(OPT_PATH_AS_IS, 1L); /* else /a/../b asks for /b */
  SET(OPT_SUPPRESS_CONNECT_HEADERS, 1L);
  SET(OPT_HTTP_VERSION, (long)HTTP_1_1);
  SET(OPT_ERRORBUFFER, outcome->text);
  SET(OPT_URL, fields[URL]);
  SET(OPT_HTTPHEADER, headers);
  if (request->body) {
    SET(OPT_POSTFIELDSIZE_LARGE, (int64_t)request->body_size);
    SET(OPT_POSTFIELDS, request->body);
  }
  SET(OPT_CUSTOMREQUEST, fields[METHOD]);
  SET(OPT_FRESH_CONNECT, (long)request->is_never_repeated);
  SET(OPT_CONNECTTIMEOUT_MS, (long)request->connect_milliseconds);
  SET(OPT_TIMEOUT_MS, (long)request->milliseconds);
  SET(OPT_SSL_VERIFYPEER, request->verifies ? 1L : 0L);
  SET(OPT_SSL_VERIFYHOST, request->verifies ? 2L : 0L);
  if (*fields[CA_FILE]) {
    SET(OPT_CAINFO, fields[CA_FILE]);
    SET(OPT_CAPATH, (char *)NULL); /* the host's own folder would be trusted beside the file */
  }
  if (*fields[CERTIFICATE]) SET(OPT_SSLCERT, fields[CERTIFICATE]);
  if (*fields[KEY]) SET(OPT_SSLKEY, fields[KEY]);
  SET(OPT_WRITEFUNCTION, take_body);
  SET(OPT_WRITEDATA, &exchange);
  SET(OPT_HEADERFUNCTION, take_header);
  SET(OPT_HEADERDATA, &exchange);
#undef SET

  sigset_t before;
  hold_pipe_signal(&before);
  outcome->code = curl.perform(client);
  drop_pipe_signal(&before);
  long number = 0;
  if (curl.get(client, INFO_RESPONSE_CODE, &number) == 0) outcome->status = (int)number;
  number = 0;
  if (curl.get(client, INFO_REQUEST_SIZE, &number) == 0) outcome->was_sent = number > 0;
  /* Bytes to a proxy count, too: of a connection that was made for this, none of the request has left
   * before TLS stands in the tunnel. */
  double secured = 0;
  if (request->is_never_repeated && is_secure &&
      curl.get(client, INFO_APPCONNECT_TIME, &secured) == 0 && secured == 0)
    outcome->was_sent = 0;
  outcome->is_too_large = exchange.is_too_large;
  /* 407 is a proxy's alone. What it answers to CONNECT is no answer to the request. */
  number = outcome->status == 407 ? 407 : 0;
  if (number == 0 && outcome->code != 0) curl.get(client, INFO_CONNECT_CODE, &number);
  if (number >= 300) {
    outcome->code = CPOSIX_HTTP_PROXY;
    outcome->status = (int)number;
    outcome->was_sent = 0;
  }
  if (outcome->code != 0 && outcome->text[0] == 0)
    strncpy(outcome->text, curl.text(outcome->code), sizeof outcome->text - 1);
  /* What it points to is the caller's, this function's or about to be freed, and it lives on. */
  curl.reset(client);
  curl.free_list(headers);
  return 0;
}
