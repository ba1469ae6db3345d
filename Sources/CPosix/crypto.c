#define _GNU_SOURCE 1
#include "CPosix.h"

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>

/* The functions of libcrypto that are called, all of them in each version from 1.1.0 on. Its types
 * stay unknown here, so that no header of OpenSSL is needed and no version is chosen. */
static struct {
  int is_there;
  int (*start)(uint64_t, const void *);
  void *(*read_certificate)(void **, const uint8_t **, long);
  void *(*read_key)(void **, const uint8_t **, long);
  void *(*public_key)(const void *); /* the certificate's own: not freed */
  int (*verify)(void *, void *);
  int (*belongs)(const void *, const void *);
  void (*free_certificate)(void *);
  void (*free_key)(void *);
  void (*forget_errors)(void);
} crypto;

static const char *const names[] = {"libcrypto.so.3", "libcrypto.so.4", "libcrypto.so.1.1"};

static void open_crypto(void) {
  void *library = NULL;
  for (size_t i = 0; !library && i < sizeof names / sizeof *names; i++)
    library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
  if (!library) return;
#define FIND(member, name) *(void **)&crypto.member = dlsym(library, name)
  FIND(start, "OPENSSL_init_crypto");
  FIND(read_certificate, "d2i_X509");
  FIND(read_key, "d2i_AutoPrivateKey");
  FIND(public_key, "X509_get0_pubkey");
  FIND(verify, "X509_verify");
  FIND(belongs, "X509_check_private_key");
  FIND(free_certificate, "X509_free");
  FIND(free_key, "EVP_PKEY_free");
  FIND(forget_errors, "ERR_clear_error");
#undef FIND
  /* OPENSSL_INIT_NO_LOAD_CONFIG: a host's openssl.cnf neither helps nor breaks this. */
  crypto.is_there = crypto.start && crypto.read_certificate && crypto.read_key &&
                    crypto.public_key && crypto.verify && crypto.belongs &&
                    crypto.free_certificate && crypto.free_key && crypto.forget_errors &&
                    crypto.start(0x80, NULL) == 1;
}

static int crypto_is_there(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, open_crypto);
  return crypto.is_there;
}

static void *certificate_of(const uint8_t *der, size_t size) {
  return crypto.read_certificate(NULL, &der, (long)size);
}

int cposix_verify_certificate(const uint8_t *der, size_t size, const uint8_t *issuer_der,
                              size_t issuer_size) {
  if (!crypto_is_there()) return -ENOSYS;
  int result = -EINVAL;
  void *certificate = certificate_of(der, size);
  void *issuer = certificate_of(issuer_der, issuer_size);
  void *key = issuer ? crypto.public_key(issuer) : NULL;
  if (certificate && key) {
    int verdict = crypto.verify(certificate, key);
    result = verdict < 0 ? -EOPNOTSUPP : verdict;
  }
  crypto.free_certificate(certificate);
  crypto.free_certificate(issuer);
  crypto.forget_errors();
  return result;
}

int cposix_key_belongs(const uint8_t *key_der, size_t key_size, const uint8_t *der, size_t size) {
  if (!crypto_is_there()) return -ENOSYS;
  int result = -EINVAL;
  void *key = crypto.read_key(NULL, &key_der, (long)key_size);
  void *certificate = certificate_of(der, size);
  if (key && certificate) result = crypto.belongs(certificate, key) == 1;
  crypto.free_certificate(certificate);
  crypto.free_key(key);
  crypto.forget_errors();
  return result;
}
