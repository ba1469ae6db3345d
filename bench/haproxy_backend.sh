#!/bin/bash
# The state of three servers of a HAProxy set by the module haproxy_backend beside the usual module,
# community.general.haproxy, over SSH in the lab, with the oldest and the newest ansible-core:
# haproxy_backend.sh [ROUNDS]. Writes a table to stdout.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
root=$(dirname "$here")
rounds=${1:-15}
collections=${BENCH_COLLECTIONS:-$root/galaxy}
collection=$collections/ansible_collections/osa_ops/mcapi_vexxhost
[ -x "$collection/plugins/modules/haproxy_backend" ] ||
  { echo "haproxy_backend.sh: the modules are not compiled. Remedy:  make build" >&2; exit 1; }

times=$(mktemp -d)
trap 'rm -rf "$times"' EXIT
export ANSIBLE_COLLECTIONS_PATH=$collections:$root/.tools/collections
export ANSIBLE_CALLBACK_PLUGINS=$here/callback_plugins ANSIBLE_CALLBACKS_ENABLED=task_times
columns=()
for series in 2024.1 2026.1; do
  SERIES=$series "$root/lab/setup.sh" lab >&2
  core=$(SERIES=$series "$root/lab/exec" ansible --version | sed -n '1s/.*core \([0-9.]*\).*/\1/p;$d')
  TASK_TIMES=$times/$core SERIES=$series "$root/lab/exec" ansible-playbook "$here/haproxy_backend.yml" \
    -e "rounds=$rounds" -e "bench_host=${BENCH_HAPROXY_HOST:-haproxy_all[0]}" >"$times/log" 2>&1 ||
    { cat "$times/log" >&2; exit 1; }
  columns+=("$core=$times/$core")
done
echo "### The state of three servers"
echo
echo "Pipelining, ControlPersist and compression as OpenStack-Ansible sets them. The usual module takes"
echo "one server a task, so that it is a loop of three."
echo
python3 "$here/haproxy_backend.py" "${columns[@]}"
