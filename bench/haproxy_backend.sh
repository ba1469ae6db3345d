#!/bin/bash
# The state of three servers of a HAProxy set by the module haproxy_backend beside the usual module,
# community.general.haproxy, over SSH in the lab, with the oldest and the newest ansible-core:
# haproxy_backend.sh [ROUNDS]. Writes a table to stdout.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
# shellcheck source=lib.sh
. "$here/lib.sh"

for series in "${bench_series[@]}"; do
  bench_play "$series" "" haproxy_backend.yml -e "rounds=${1:-15}" \
    -e "bench_host=${BENCH_HAPROXY_HOST:-haproxy_all[0]}"
done
echo "### The state of three servers"
echo
echo "Pipelining, ControlPersist and compression as OpenStack-Ansible sets them. The usual module takes"
echo "one server a task, so that it is a loop of three."
echo
python3 "$here/haproxy_backend.py" "${bench_times[@]}"
