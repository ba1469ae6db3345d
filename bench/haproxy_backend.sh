#!/bin/bash
# The state of three servers of a HAProxy set by the module haproxy_backend beside the usual module,
# community.general.haproxy, over SSH in the lab, with the oldest and the newest ansible-core:
# haproxy_backend.sh [ROUNDS]. Writes a table to stdout.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
# shellcheck source=lib.sh
. "$here/lib.sh"

bench_section haproxy_backend "The state of three servers" -e "rounds=${1:-15}" \
  -e "bench_host=$bench_haproxy_host" <<'TEXT'
The usual module takes
one server a task, so that it is a loop of three.
TEXT
