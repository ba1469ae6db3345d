# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# The lab's stand-in API server on a loopback address, for tests that source this file.

api_files=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../../.." && pwd)
api_files+=/lab/stand-ins/ansible_collections/vexxhost/kubernetes/roles/kubernetes/files

# start_api FOLDER ADDRESS: makes a cluster there and serves it on ADDRESS:6443. Its administrator's
# kubeconfig is FOLDER/admin.conf, its process $api_pid.
start_api() {
  local folder=$1 address=$2
  KUBEADM_ETC=$folder bash "$api_files/kubeadm-stand-in.sh" "$address" "$address" k8s1
  cat >"$folder/stand-in.json" <<JSON
{"address": "$address", "port": 6443, "version": "1.33.5", "members": ["$address"],
 "pki": "$folder/pki", "state": "$folder/state.json", "longest_token": ${LONGEST_TOKEN:-0}}
JSON
  serve_api "$folder"
}

# serve_api FOLDER: serves the cluster that start_api made.
serve_api() {
  PYTHONDONTWRITEBYTECODE=1 python3 "$api_files/kube_stand_in/apiserver.py" "$1/stand-in.json" 2>>"$1/api.log" &
  api_pid=$!
  local try
  for try in {1..100}; do
    ! kubectl --kubeconfig "$1/admin.conf" get --raw /readyz >/dev/null 2>&1 || return 0
    sleep 0.1
  done
  echo "the stand-in API server does not answer after $try tries:" >&2
  cat "$1/api.log" >&2
  return 1
}

# stop_api: ends it.
stop_api() {
  [ -z "${api_pid:-}" ] || kill "$api_pid"
  wait "${api_pid:-}" 2>/dev/null || true
  api_pid=
}
