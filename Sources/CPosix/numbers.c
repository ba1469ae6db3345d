#include "CPosix.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int cposix_number_text(double number, void *text) {
  char scientific[CPOSIX_NUMBER_TEXT]; /* -d.ddde-308 */
  int decimals = 0;
  do
    snprintf(scientific, sizeof scientific, "%.*e", decimals, number);
  while (strtod(scientific, NULL) != number && ++decimals < 17);
  int exponent = atoi(strchr(scientific, 'e') + 1);
  if (exponent < -4 || exponent >= 16)
    return snprintf(text, CPOSIX_NUMBER_TEXT, "%s", scientific);
  int fraction = decimals - exponent;
  return snprintf(text, CPOSIX_NUMBER_TEXT, "%.*f", fraction > 1 ? fraction : 1, number);
}
