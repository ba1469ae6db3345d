#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
#
# Restores what export-cluster-api-state.sh saved: the OpenStack credentials of each workload
# cluster, then its Cluster API objects. Safe to run again after a failure.

set -euo pipefail

usage() {
  cat <<'USAGE'
Usage: import-cluster-api-state.sh [--help] [ARCHIVE]

ARCHIVE is cluster-api-objects.tar.gz beside this script unless given.

Environment:
  KUBECONFIG  kubeconfig of the control plane to restore into (/etc/kubernetes/admin.conf)
  TMPDIR      where the private work folder is made (/tmp)

The control plane needs the Cluster API providers first, at the versions of the export or later.
Objects that exist already stay as they are; credentials are set to the saved ones.

Exit status: 0 restored; 1 a step failed; 2 wrong use, or something is missing; 3 the archive is not
one of this kind, and nothing was changed.
USAGE
}

say() { printf '%s\n' "$*"; }

fail() { # STATUS MESSAGE...
  local status=$1
  shift
  printf 'import-cluster-api-state: %s\n' "$*" >&2
  exit "$status"
}

work=
child=

# Set before the first file exists, so that no way out leaves credentials behind.
cleanup() {
  trap '' HUP INT TERM
  if [[ -n $child ]]; then
    kill "$child" 2>/dev/null || true
    wait "$child" 2>/dev/null || true
  fi
  rm -rf -- ${work:+"$work"}
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

# Files directly inside cluster-api-backup/ and nothing else: no link, no path that leads elsewhere.
check_members() {
  local line kind name
  tar --list --gzip --file "$archive" >"$work/names" ||
    fail 3 "$archive is no complete gzip archive"
  tar --list --verbose --gzip --file "$archive" >"$work/kinds"
  while IFS= read -r name && IFS= read -r line <&3; do
    kind=${line:0:1}
    [[ $name =~ ^cluster-api-backup/([A-Za-z0-9_][A-Za-z0-9._:-]*)?$ && $kind == [-d] ]] ||
      fail 3 "$archive holds a member that does not belong there: $name"
  done <"$work/names" 3<"$work/kinds"
}

unpack() {
  tar --extract --gzip --file "$archive" --directory "$work" --no-same-owner --no-same-permissions
  [[ -f $objects/cluster-names.txt ]] || fail 3 "$archive has no list of clusters"
  # clusterctl reads every file of its folder as objects, so what is none must go elsewhere.
  mkdir -- "$secrets"
  mv -- "$objects"/*.txt "$secrets"
}

check_credentials() {
  local name
  while read -r name; do
    [[ -n $name ]] || continue
    [[ $name =~ ^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$ ]] || fail 3 "no name of a cluster: $name"
    [[ -s $secrets/clouds-yaml-$name.txt ]] || fail 3 "$archive has no credentials of $name"
    names+=("$name")
  done <"$secrets/cluster-names.txt"
}

# Server-side: creates or updates in one step, keeps labels, and leaves no copy in an annotation.
apply() {
  kubectl apply --server-side --force-conflicts --field-manager cluster-api-import \
    --validate=false --filename -
}

restore_namespace() {
  kubectl create namespace "$namespace" --dry-run=client --output yaml | apply ||
    fail 1 "namespace $namespace cannot be made; nothing was restored"
}

restore_credentials() { # NAME
  local files=("--from-file=clouds.yaml=$secrets/clouds-yaml-$1.txt")
  # A cluster without a CA of its own has an empty file here.
  if [[ -s $secrets/cacert-$1.txt ]]; then files+=("--from-file=cacert=$secrets/cacert-$1.txt"); fi
  say "Restoring the credentials of $1"
  kubectl create secret generic "$1-cloud-config" --namespace "$namespace" "${files[@]}" \
    --dry-run=client --output yaml | apply ||
    fail 1 "secret $1-cloud-config cannot be restored; mend that and run this again"
}

case ${1-} in
  -h | --help) usage && exit 0 ;;
  -*) usage >&2 && exit 2 ;;
esac
(($# <= 1)) || { usage >&2 && exit 2; }

readonly namespace=magnum-system
export KUBECONFIG=${KUBECONFIG:-/etc/kubernetes/admin.conf}
export HOME=${HOME:-/root}
export CLUSTERCTL_DISABLE_VERSIONCHECK=true # it would ask the internet
archive=${1:-$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)/cluster-api-objects.tar.gz}
names=()

for tool in clusterctl kubectl tar gzip; do
  command -v "$tool" >/dev/null || fail 2 "$tool is not installed, or not in PATH"
done
[[ -r $KUBECONFIG ]] || fail 2 "no kubeconfig at $KUBECONFIG: run this on a control plane host"
[[ -f $archive && -r $archive ]] || fail 2 "no archive at $archive"

work=$(mktemp --directory --tmpdir cluster-api-import.XXXXXX)
objects=$work/cluster-api-backup
secrets=$work/secrets
check_members
unpack
check_credentials

# Credentials first: the controllers start work on a cluster as soon as its objects are there.
restore_namespace
for name in ${names[@]+"${names[@]}"}; do restore_credentials "$name"; done
say "Restoring the Cluster API objects"
run clusterctl move --from-directory "$objects" ||
  fail 1 "clusterctl move failed; mend the cause and run this again"
say "Restored ${#names[@]} workload clusters from $archive"
