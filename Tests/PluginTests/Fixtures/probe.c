// Stands in for a compiled module: says as a result what it was given and how it was started.
// Knows the arguments of a file or of stdin (-), and no others: it fails like a module.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void quoted(const char *name, const char *text) {
  printf("\"%s\": \"", name);
  for (; *text; text++) {
    if (*text == '"' || *text == '\\') putchar('\\');
    putchar(*text);
  }
  printf("\", ");
}

int main(int argc, char **argv) {
  static char arguments[1 << 20], folder[4096], program[4096];
  if (argc != 2) {
    puts("\n{\"failed\": true, \"msg\": \"usage: probe FILE\"}");
    return 1;
  }
  FILE *file = strcmp(argv[1], "-") ? fopen(argv[1], "r") : stdin;
  if (file == NULL || fread(arguments, 1, sizeof arguments - 1, file) == 0) {
    puts("\n{\"failed\": true, \"msg\": \"cannot read the arguments\"}");
    return 1;
  }
  if (strstr(arguments, "\"slow\"")) sleep(2);
  if (strstr(arguments, "\"broken\"")) {
    puts("no JSON at all");
    return 3;
  }
  mode_t mask = umask(0);
  printf("\n{\"changed\": %s, ", strstr(arguments, "\"_ansible_check_mode\": true") ? "true" : "false");
  quoted("arguments", arguments);
  quoted("build", BUILD);
  quoted("source", strcmp(argv[1], "-") ? "file" : "stdin");
  quoted("colour", getenv("COLOUR") ? getenv("COLOUR") : "");
  quoted("folder", getcwd(folder, sizeof folder) ? folder : "");
  quoted("program", readlink("/proc/self/exe", program, sizeof program - 1) < 0 ? "" : program);
  printf("\"mask\": \"%03o\", \"uid\": %d}\n", mask, (int)geteuid());
  if (strstr(arguments, "\"fails\"")) return 1;
  return 0;
}
