# shellcheck shell=bash
# shellcheck disable=SC2154  # $here comes from the script that sources this file
# What the benchmarks share: playbooks in the lab with the oldest and the newest ansible-core, and
# the seconds of their tasks.

bench_root=$(dirname "$here")
bench_collections=${BENCH_COLLECTIONS:-$bench_root/galaxy}
bench_collection=$bench_collections/ansible_collections/osa_ops/mcapi_vexxhost
# shellcheck disable=SC2034
bench_series=(2024.1 2026.1)
bench_times=() # CORE=FILE, or CORE:LABEL=FILE
bench_folder=$(mktemp -d)
trap 'rm -rf "$bench_folder"' EXIT

[ -x "$bench_collection/plugins/modules/kubeconfig" ] ||
  { echo "$0: the modules are not compiled. Remedy:  make build" >&2; exit 1; }

# bench_play SERIES LABEL PLAYBOOK [ARGUMENT...]: runs it and adds its file to bench_times.
bench_play() {
  local series=$1 label=$2 playbook=$3 core
  shift 3
  SERIES=$series "$bench_root/lab/setup.sh" lab >&2
  core=$(SERIES=$series "$bench_root/lab/exec" ansible --version |
    sed -n '1s/.*core \([0-9.]*\).*/\1/p;$d')
  label=$core${label:+:$label}
  ANSIBLE_COLLECTIONS_PATH=$bench_collections:$bench_root/.tools/collections \
    ANSIBLE_CALLBACK_PLUGINS=$here/callback_plugins ANSIBLE_CALLBACKS_ENABLED=task_times \
    TASK_TIMES=$bench_folder/$label SERIES=$series "$bench_root/lab/exec" ansible-playbook \
    "$here/$playbook" -e "bench_host=${BENCH_HOST:-k8s_all[0]}" "$@" >"$bench_folder/log" 2>&1 ||
    { cat "$bench_folder/log" >&2; exit 1; }
  bench_times+=("$label=$bench_folder/$label")
}
