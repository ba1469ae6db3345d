#!/bin/sh
# Run a program as on a machine with an aarch64 processor: uname says so, and what is compiled for
# aarch64 runs as any program does, by the kernel's binfmt_misc and qemu-user.
#
#   on-aarch64.sh FOLDER PROGRAM [ARGUMENT...]
#
# FOLDER is for files in between. All this goes for the program and what it starts: it gets a user and
# a mount namespace, in which every user is who he was, and since Linux 6.7 such a namespace has a
# binfmt_misc of its own. An older kernel must have qemu-aarch64 registered for the whole machine, as
# Debian's qemu-user-static does where systemd runs.
set -eu
folder=$1
binfmt=/proc/sys/fs/binfmt_misc

if [ "${2-}" != --inside ]; then
  shift
  mkfifo "$folder/is-unshared" "$folder/is-mapped"
  unshare --user --mount "$0" "$folder" --inside "$@" &
  read -r _ <"$folder/is-unshared"
  for map in uid_map gid_map; do echo "0 0 4294967295" >"/proc/$!/$map"; done
  echo >"$folder/is-mapped"
  wait "$!"
  exit
fi

shift 2
echo >"$folder/is-unshared"
read -r _ <"$folder/is-mapped"
if ! [ -e "$binfmt/qemu-aarch64" ]; then
  mount -t binfmt_misc none "$binfmt" || {
    echo "on-aarch64: this needs Linux 6.7, or qemu-aarch64 registered with binfmt_misc" >&2
    exit 1
  }
  # An ELF of 64 bits, an executable, for machine 183. F: the interpreter is opened now.
  printf '%s' ':qemu-aarch64:M::\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\xb7\x00:\xff\xff\xff\xff\xff\xff\xff\x00\xff\xff\xff\xff\xff\xff\xff\xff\xfe\xff\xff\xff:/usr/bin/qemu-aarch64-static:F' \
    >"$binfmt/register"
fi
printf '#!/bin/sh\necho aarch64\n' >"$folder/uname"
chmod 755 "$folder/uname"
mount --bind "$folder/uname" "$(readlink -f "$(command -v uname)")"
exec "$@"
