#!/bin/bash
# A service of HAProxy that is there already, written again by the module haproxy_service beside
# ansible.builtin.template and ansible.builtin.assemble, as OpenStack-Ansible's role has them, over
# SSH in the lab, with the oldest and the newest ansible-core: haproxy_service.sh [ROUNDS]. Writes a
# table to stdout.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
# shellcheck source=lib.sh
. "$here/lib.sh"

for series in "${bench_series[@]}"; do
  bench_play "$series" "" haproxy_service.yml -e "rounds=${1:-15}" \
    -e "bench_host=${BENCH_HAPROXY_HOST:-haproxy_all[0]}"
done
echo "### A service that is there already"
echo
echo "Pipelining, ControlPersist and compression as OpenStack-Ansible sets them. The template is this"
echo "benchmark's own, and makes the same fragment; its lines are those of one kind of service alone."
echo
python3 "$here/haproxy_service.py" "${bench_times[@]}"
