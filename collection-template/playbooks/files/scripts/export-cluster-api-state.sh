#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# Writes the Cluster API objects of every workload cluster, and the OpenStack credentials of each,
# to cluster-api-objects.tar.gz beside this script. import-cluster-api-state.sh reads it back.

set -euo pipefail

usage() {
  cat <<'USAGE'
Usage: export-cluster-api-state.sh [--help]

Environment:
  KUBECONFIG                  the control plane's kubeconfig (/etc/kubernetes/admin.conf)
  CLUSTER_API_EXPORT_ATTEMPTS how often clusterctl is tried (20)
  CLUSTER_API_EXPORT_DELAY    seconds between two tries (30)
  CLUSTER_API_EXPORT_PAUSED   "yes": export although a cluster is paused; clusterctl resumes it for
                              a moment, and it is paused again afterwards (no)
  CLUSTER_API_BACKUP_PATH     folder of the archive (the folder of this script)
  UMASK                       mode of the archive (0640)
  UMASK_DIR                   mode of that folder when it has to be made (0750)
  TMPDIR                      where the private work folder is made (/tmp)

Exit status: 0 saved; 1 a step failed; 2 wrong use, or something is missing; 3 a cluster is paused;
4 clusterctl failed every time; 5 another export is running. The previous archive is replaced only
by a complete one, and then kept with the suffix .1.
USAGE
}

say() { printf '%s\n' "$*"; }

fail() { # STATUS MESSAGE...
  local status=$1
  shift
  printf 'export-cluster-api-state: %s\n' "$*" >&2
  exit "$status"
}

work=
partial=
child=
moving=no
paused_before=

# Set before the first file exists, so that no way out leaves credentials behind.
cleanup() {
  trap '' HUP INT TERM
  if [[ -n $child ]]; then
    kill "$child" 2>/dev/null || true
    wait "$child" 2>/dev/null || true
  fi
  # An interrupted clusterctl leaves the clusters paused: nothing would repair or scale them.
  if [[ $moving == yes ]]; then restore_paused_state || true; fi
  rm -rf -- ${work:+"$work"} ${partial:+"$partial"}
}
trap cleanup EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
umask 077

# In the background, because bash handles a signal only once its foreground command has ended.
run() {
  local status=0
  "$@" &
  child=$!
  wait "$child" || status=$?
  child=
  return "$status"
}

# A line for each cluster: its name, a tab, and "true" when it is paused.
clusters() {
  kubectl get clusters.cluster.x-k8s.io --namespace "$namespace" --output \
    'jsonpath={range .items[*]}{.metadata.name}{"\t"}{.spec.paused}{"\n"}{end}'
}

# clusterctl pauses every cluster, saves it and resumes it; after a failure it does not resume, and
# after a success it has resumed those that somebody had paused on purpose.
restore_paused_state() {
  local listing name paused wanted failed=no
  if ! listing=$(clusters); then
    say "Cannot tell which clusters are paused: see to it once the API answers." >&2
    return 1
  fi
  while IFS=$'\t' read -r name paused; do
    [[ -n $name ]] || continue
    wanted=false
    if grep -qxF -- "$name" <<<"$paused_before"; then wanted=true; fi
    [[ ${paused:-false} != "$wanted" ]] || continue
    say "Setting spec.paused of cluster $name to $wanted, as it was"
    if ! kubectl patch clusters.cluster.x-k8s.io "$name" --namespace "$namespace" \
      --type merge --patch "{\"spec\":{\"paused\":$wanted}}"; then
      say "Cluster $name: spec.paused should be $wanted and is ${paused:-false}." >&2
      failed=yes
    fi
  done <<<"$listing"
  [[ $failed == no ]]
}

export_objects() {
  local attempt
  for ((attempt = 1; attempt <= attempts; attempt++)); do
    rm -rf -- "$objects"
    mkdir -- "$objects"
    moving=yes
    if run clusterctl move --to-directory "$objects" --namespace "$namespace"; then
      restore_paused_state || fail 1 "the objects are saved, but a cluster is in the wrong state"
      moving=no
      return
    fi
    restore_paused_state || true
    moving=no
    say "clusterctl move failed (try $attempt of $attempts); a cluster may be changing" >&2
    if ((attempt < attempts)); then run sleep "$delay"; fi
  done
  fail 4 "clusterctl move failed $attempts times; the previous archive is untouched"
}

export_key() { # SECRET KEY FILE: an absent key gives an empty file
  kubectl get secret "$1" --namespace "$namespace" --output "jsonpath={.data.$2}" |
    base64 --decode >"$3" || fail 1 "secret $1, key $2: cannot be read"
}

export_credentials() {
  local listing name
  listing=$(clusters) || fail 1 "the list of clusters cannot be read"
  awk 'NF { print $1 }' <<<"$listing" >"$objects/cluster-names.txt"
  while read -r name; do
    say "Saving the credentials of $name"
    export_key "$name-cloud-config" cacert "$objects/cacert-$name.txt"
    export_key "$name-cloud-config" 'clouds\.yaml' "$objects/clouds-yaml-$name.txt"
    [[ -s $objects/clouds-yaml-$name.txt ]] || fail 1 "secret $name-cloud-config has no clouds.yaml"
  done <"$objects/cluster-names.txt"
}

write_archive() {
  partial=$(mktemp "$target/.cluster-api-objects.XXXXXX")
  tar --create --gzip --file "$partial" --directory "$work" cluster-api-backup ||
    fail 1 "the archive cannot be written in $target"
  # Reads the archive back and compares it with what was to be saved.
  tar --compare --gzip --file "$partial" --directory "$work" || fail 1 "the archive is damaged"
  chgrp --reference="$target" -- "$partial"
  chmod "$mode" -- "$partial"
  sync -- "$partial"
  if [[ -e $archive ]]; then ln --force -- "$archive" "$archive.1"; fi
  mv --force --no-target-directory -- "$partial" "$archive"
  partial=
}

is_mode() { [[ $1 =~ ^0?[0-7]{2}0$ ]]; }

case ${1-} in
  '') ;;
  -h | --help) usage && exit 0 ;;
  *) usage >&2 && exit 2 ;;
esac

readonly namespace=magnum-system
export KUBECONFIG=${KUBECONFIG:-/etc/kubernetes/admin.conf}
export HOME=${HOME:-/root}
export CLUSTERCTL_DISABLE_VERSIONCHECK=true # it would ask the internet
attempts=${CLUSTER_API_EXPORT_ATTEMPTS:-20}
delay=${CLUSTER_API_EXPORT_DELAY:-30}
target=${CLUSTER_API_BACKUP_PATH:-$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)}
archive=$target/cluster-api-objects.tar.gz
mode=${UMASK:-0640}
folder_mode=${UMASK_DIR:-0750}

[[ $attempts =~ ^[1-9][0-9]*$ ]] || fail 2 "CLUSTER_API_EXPORT_ATTEMPTS is no number above 0: $attempts"
[[ $delay =~ ^[0-9]+$ ]] || fail 2 "CLUSTER_API_EXPORT_DELAY is no number of seconds: $delay"
is_mode "$mode" || fail 2 "UMASK is no mode that shuts others out, such as 0640: $mode"
is_mode "$folder_mode" || fail 2 "UMASK_DIR is no mode that shuts others out, such as 0750: $folder_mode"
for tool in clusterctl kubectl tar gzip base64 flock; do
  command -v "$tool" >/dev/null || fail 2 "$tool is not installed, or not in PATH"
done
[[ -r $KUBECONFIG ]] || fail 2 "no kubeconfig at $KUBECONFIG: run this on a control plane host"
[[ -d $target ]] || install --directory --mode "$folder_mode" -- "$target"
exec {lock}<"$target"
flock --nonblock "$lock" || fail 5 "another export to $target is running"

listing=$(clusters) || fail 1 "the Kubernetes API does not list the clusters"
paused_before=$(awk -F '\t' '$2 == "true" { print $1 }' <<<"$listing")
if [[ -n $paused_before && ${CLUSTER_API_EXPORT_PAUSED:-no} != yes ]]; then
  fail 3 "paused: ${paused_before//$'\n'/, }. clusterctl would resume what somebody paused on" \
    "purpose. Resume it, or set CLUSTER_API_EXPORT_PAUSED=yes"
fi

work=$(mktemp --directory --tmpdir cluster-api-export.XXXXXX)
objects=$work/cluster-api-backup
export_objects
export_credentials
write_archive
say "Saved $(grep -c . "$objects/cluster-names.txt" || true) workload clusters in $archive"
