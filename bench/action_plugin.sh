#!/bin/bash
# A task of a compiled module beside tasks of Ansible's own modules, over SSH in the lab, with the
# oldest and the newest ansible-core: action_plugin.sh [ROUNDS]. Writes a table to stdout.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
# shellcheck source=lib.sh
. "$here/lib.sh"

for series in "${bench_series[@]}"; do
  bench_play "$series" "" action_plugin.yml -e "rounds=${1:-15}"
done
echo "### A task over SSH"
echo
echo "Pipelining, ControlPersist and compression as OpenStack-Ansible sets them."
echo "Binary of $(stat -c %s "$bench_collection/plugins/modules/kubeconfig") bytes."
echo
python3 "$here/action_plugin.py" "${bench_times[@]}"
