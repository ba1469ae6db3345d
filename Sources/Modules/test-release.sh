#!/bin/bash
# Run the modules' tests on the binaries that ship: x86_64, and aarch64 under qemu-user.
#
#   Sources/Modules/test-release.sh
#
# Compiles the modules into the collection first. The tests themselves must be built already.
set -euo pipefail
cd "$(dirname "$0")/../.."
collection=galaxy/ansible_collections/osa_ops/mcapi_vexxhost

# ELF's e_machine, two bytes at 18: 62 is x86_64, 183 is aarch64.
is_for() { # MACHINE FOLDER
  local binary machine
  for binary in "$2"/*; do
    [ -x "$binary" ] || continue
    machine=$(od -An -t u2 -j 18 -N 2 "$binary")
    [ "$((machine))" = "$1" ] ||
      { echo "test-release: $binary is for machine $((machine)), not $1" >&2; return 1; }
  done
}

test_binaries() { # FOLDER RUNNER [OPTION...]
  MCAPI_MODULES=$PWD/$1 MCAPI_MODULE_RUNNER=$2 \
    swift test --skip-build --filter '^ModulesTests' "${@:3}"
}

.build/debug/mcapi build --modules-only
is_for 62 "$collection/plugins/modules"
is_for 183 "$collection/files/modules/aarch64"
echo "test-release: x86_64"
test_binaries "$collection/plugins/modules" ""
echo "test-release: aarch64, under qemu-user"
# Without qemu's -L, which makes another folder of / for what opens it: libc6:arm64 has the loader,
# and libssl3:arm64 libcrypto.
# A kill at every system call, among those of qemu itself, would prove nothing new; and the library
# that plays SELinux is compiled for this machine.
test_binaries "$collection/files/modules/aarch64" qemu-aarch64-static \
  --skip KillTests --skip SELinuxTests
echo "test-release: aarch64, through the action plugin"
MCAPI_MODULES=$PWD/$collection/files/modules/aarch64 swift test --skip-build --filter ShippedTests
