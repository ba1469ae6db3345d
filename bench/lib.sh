# shellcheck shell=bash
# shellcheck disable=SC2154  # $here comes from the script that sources this file
# What the benchmarks share: playbooks in the lab with the oldest and the newest ansible-core, the
# seconds of their tasks, and the section of the report.

bench_root=$(dirname "$here")
bench_collections=${BENCH_COLLECTIONS:-$bench_root/galaxy}
bench_collection=$bench_collections/ansible_collections/osa_ops/mcapi_vexxhost
# shellcheck disable=SC2034
bench_series=(2024.1 2026.1)
# shellcheck disable=SC2034
bench_haproxy_host=${BENCH_HAPROXY_HOST:-haproxy_all[0]}
bench_times=() # CORE=FILE, or CORE:LABEL=FILE
bench_folder=$(mktemp -d)
trap 'rm -rf "$bench_folder"' EXIT

[ -x "$bench_collection/plugins/modules/kubeconfig" ] ||
  { echo "$0: the modules are not compiled. Remedy:  make build" >&2; exit 1; }

# bench_core SERIES: the version of its ansible-core.
bench_core() { awk -v series="$1" '$1 == series { print $2 }' "$bench_root/lab/series.conf"; }

# bench_play SERIES LABEL PLAYBOOK [ARGUMENT...]: runs it and adds its file to bench_times.
bench_play() {
  local series=$1 label=$2 playbook=$3
  shift 3
  SERIES=$series "$bench_root/lab/setup.sh" lab >&2
  label=$(bench_core "$series")${label:+:$label}
  ANSIBLE_COLLECTIONS_PATH=$bench_collections:$bench_root/.tools/collections \
    ANSIBLE_CALLBACK_PLUGINS=$here/callback_plugins ANSIBLE_CALLBACKS_ENABLED=task_times \
    TASK_TIMES=$bench_folder/$label SERIES=$series "$bench_root/lab/exec" ansible-playbook \
    "$here/$playbook" -e "bench_host=${BENCH_HOST:-k8s_all[0]}" "$@" >"$bench_folder/log" 2>&1 ||
    { cat "$bench_folder/log" >&2; exit 1; }
  bench_times+=("$label=$bench_folder/$label")
}

# bench_section NAME TITLE [ARGUMENT...]: plays NAME.yml with each series, and writes the title, what
# stands on standard input, and the table that NAME.py makes of the seconds.
bench_section() {
  local name=$1 title=$2 series
  shift 2
  for series in "${bench_series[@]}"; do bench_play "$series" "" "$name.yml" "$@" </dev/null; done
  printf '### %s\n\n' "$title"
  echo "Pipelining, ControlPersist and compression as OpenStack-Ansible sets them. $(cat)"
  echo
  python3 "$here/$name.py" "${bench_times[@]}"
}
