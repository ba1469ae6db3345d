#!/bin/sh
# Gates that a module's release binary must pass before it enters the collection:
# small enough, and running on every distribution OpenStack-Ansible supports.
#
#   Sources/Modules/check-release.sh BINARY...
#
# Prints a line per binary; ends with 1 and every reason if one fails.
set -eu

max_bytes=409600 # 400 KB
max_glibc=2.34   # Ubuntu 22.04, Debian 12, RHEL 9
objdump=

# LLVM's objdump, which Swift brings, reads the binaries of all architectures.
for tool in llvm-objdump objdump; do
  if command -v "$tool" >/dev/null; then
    objdump=$tool
    break
  fi
done
if [ -z "$objdump" ]; then
  echo "check-release: objdump is missing; install binutils" >&2
  exit 2
fi
if [ $# -eq 0 ]; then
  sed -n '2,6s/^# \{0,1\}//p' "$0"
  exit 2
fi

failed=0

# fault BINARY REASON...
fault() {
  echo "$*" >&2
  failed=1
}

newest() { sort -V | tail -n 1; }

for binary; do
  if ! "$objdump" -f "$binary" >/dev/null 2>&1; then
    fault "$binary: not a binary that $objdump can read"
    continue
  fi
  size=$(stat -c %s "$binary")
  [ "$size" -le $max_bytes ] || fault "$binary: $size bytes, more than $max_bytes"

  symbols=$("$objdump" -T "$binary")
  glibc=$(echo "$symbols" | grep -o 'GLIBC_[0-9.]*' | sed 's/GLIBC_//' | newest)
  [ -n "$glibc" ] || fault "$binary: needs no glibc symbol, so it is no module"
  [ "$(printf '%s\n' "$glibc" $max_glibc | newest)" = $max_glibc ] ||
    fault "$binary: needs glibc $glibc, newer than $max_glibc:" \
      "$(echo "$symbols" | grep "GLIBC_$glibc" | awk '{print $NF}' | tr '\n' ' ')"

  for library in $("$objdump" -p "$binary" | awk '/NEEDED/ {print $2}'); do
    case $library in
      libc.so.6 | libm.so.6 | ld-linux-*.so.*) ;;
      *) fault "$binary: needs $library on the target" ;;
    esac
  done

  # What an interpolated value without a description becomes in Embedded Swift.
  if grep -aqi 'cannot print value in embedded swift' "$binary"; then
    fault "$binary: interpolates a value that has no description"
  fi
  echo "$binary $size bytes, glibc $glibc"
done
exit $failed
