#include "CPosix.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Whether so many decimals are enough; `text` becomes -d.ddde-308. Next to a power of two the nearest
 * text may read back as a neighbour and the one above it as the number, since numbers below lie closer
 * together than those above. */
static int write_digits(char *text, int decimals, double number) {
  snprintf(text, CPOSIX_NUMBER_TEXT, "%.*e", decimals, number);
  if (strtod(text, NULL) == number) return 1;
  char *last = strchr(text, 'e') - 1;
  if (*last == '9') return 0;
  ++*last;
  return strtod(text, NULL) == number;
}

int cposix_number_text(double number, void *text) {
  char scientific[CPOSIX_NUMBER_TEXT];
  int decimals = 0;
  while (!write_digits(scientific, decimals, number) && decimals < 16) decimals++;
  int exponent = atoi(strchr(scientific, 'e') + 1);
  if (exponent < -4 || exponent >= 16)
    return snprintf(text, CPOSIX_NUMBER_TEXT, "%s", scientific);
  int fraction = decimals - exponent;
  return snprintf(text, CPOSIX_NUMBER_TEXT, "%.*f", fraction > 1 ? fraction : 1, number);
}

int cposix_parse_number(const char *text, long length, double *number) {
  char *end;
  *number = strtod(text, &end);
  return length > 0 && (unsigned char)*text > ' ' && end == text + length;
}
