#!/bin/bash
# A task of a compiled module beside tasks of Ansible's own modules, over SSH in the lab, with the
# oldest and the newest ansible-core: action_plugin.sh [ROUNDS]. Writes a table to stdout.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
# shellcheck source=lib.sh
. "$here/lib.sh"

bench_section action_plugin "A task over SSH" -e "rounds=${1:-15}" <<TEXT
Binary of $(stat -c %s "$bench_collection/plugins/modules/kubeconfig") bytes.
TEXT
