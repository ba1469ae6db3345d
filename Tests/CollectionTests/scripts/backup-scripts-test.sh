#!/bin/bash
# Stands in for clusterctl and kubectl: both keep a control plane as files below $PLANE.
# SPDX-License-Identifier: Apache-2.0
#
# Runs the two backup scripts of the collection through what can happen to them. Prints a line for
# each case; exits 1 when one failed. Needs root: a disk is filled, and groups are changed.

# shellcheck disable=SC2317 # the cases are found and called by name
set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../../.." && pwd)
scripts=$root/collection-template/playbooks/files/scripts
area=$(mktemp --directory --tmpdir backup-scripts-test.XXXXXX)
failed=0

leave() {
  ! mountpoint --quiet "$area/full" || umount "$area/full"
  rm -rf -- "$area"
}
trap leave EXIT

mkdir "$area/bin"
cat >"$area/bin/clusterctl" <<'STUB'
#!/bin/bash
# Stands in for clusterctl: `move --to-directory` and `move --from-directory`, as Cluster API 1.10 does.
set -euo pipefail
echo "clusterctl $*" >>"$PLANE/log"
[[ -n ${CLUSTERCTL_DISABLE_VERSIONCHECK:-} ]] || { echo "asks the internet" >&2; exit 99; }
pause() { for c in "$PLANE"/clusters/*; do [[ ! -e $c ]] || echo "$1" >"$c"; done; }
case "$*" in
  "move --to-directory "*" --namespace magnum-system")
    [[ $(stat --format %a "$3") == 700 && -z $(ls -A "$3") ]] || { echo "open or full: $3" >&2; exit 99; }
    pause true
    left=$(cat "$PLANE/export-failures")
    echo '{"kind":"half"}' >"$3/Cluster_magnum-system_half.yaml"
    if ((left > 0)); then echo $((left - 1)) >"$PLANE/export-failures"; exit 1; fi
    if [[ -e $PLANE/hang ]]; then touch "$PLANE/hanging"; exec sleep 60; fi
    rm "$3/Cluster_magnum-system_half.yaml"
    cp "$PLANE"/objects/* "$3"
    pause false
    ;;
  "move --from-directory "*)
    [[ ! -e $PLANE/import-fails ]] || exit 1
    [[ -z $(find "$3" -perm /077) ]] || { echo "others can read $3" >&2; exit 99; }
    [[ -z $(ls "$3"/*.txt 2>/dev/null) ]] || { echo "no object: $3/*.txt" >&2; exit 99; }
    ls "$PLANE/secrets" >"$PLANE/secrets-at-import"
    cp "$3"/* "$PLANE/objects"
    ;;
  *) echo "clusterctl stand-in: unknown: $*" >&2; exit 99 ;;
esac
STUB
cat >"$area/bin/kubectl" <<'STUB'
#!/bin/bash
# Stands in for kubectl: the few calls the backup scripts make; a secret is a folder with a file a key.
set -euo pipefail
echo "kubectl $*" >>"$PLANE/log"
[[ ! -e $PLANE/api-down ]] || { echo "connection refused" >&2; exit 1; }
case "$1 $2" in
  "get clusters.cluster.x-k8s.io")
    [[ "$3 $4" == "--namespace magnum-system" && $6 == 'jsonpath={range .items[*]}{.metadata.name}{"\t"}{.spec.paused}{"\n"}{end}' ]] ||
      { echo "kubectl stand-in: unknown: $*" >&2; exit 99; }
    for c in "$PLANE"/clusters/*; do [[ ! -e $c ]] || printf '%s\t%s\n' "${c##*/}" "$(cat "$c")"; done
    ;;
  "get secret")
    [[ -d $PLANE/secrets/$3 ]] || { echo "secrets \"$3\" not found" >&2; exit 1; }
    key=${7#jsonpath=\{.data.} key=${key%\}} key=${key//\\/}
    [[ ! -e $PLANE/secrets/$3/$key ]] || base64 --wrap 0 "$PLANE/secrets/$3/$key"
    ;;
  "patch clusters.cluster.x-k8s.io")
    [[ -e $PLANE/clusters/$3 ]]
    case ${9} in
      '{"spec":{"paused":false}}') echo false >"$PLANE/clusters/$3" ;;
      '{"spec":{"paused":true}}') echo true >"$PLANE/clusters/$3" ;;
      *) echo "kubectl stand-in: unknown patch: $9" >&2; exit 99 ;;
    esac
    ;;
  "create namespace") echo "namespace $3" ;;
  "create secret")
    echo "secret $4"
    for a in "$@"; do
      [[ $a != --from-file=* ]] || { a=${a#--from-file=}; echo "${a%%=*} $(base64 --wrap 0 "${a#*=}")"; }
    done
    ;;
  "apply --server-side")
    read -r kind name
    case $kind in
      namespace) touch "$PLANE/namespace-$name" ;;
      secret)
        [[ -e $PLANE/namespace-magnum-system ]] || { echo "no namespace" >&2; exit 1; }
        [[ ! -e $PLANE/refuse-$name ]] || { echo "refused" >&2; exit 1; }
        mkdir -p "$PLANE/secrets/$name"
        while read -r key value; do base64 --decode <<<"$value" >"$PLANE/secrets/$name/$key"; done
        ;;
      *) echo "kubectl stand-in: unknown kind: $kind" >&2; exit 99 ;;
    esac
    ;;
  *) echo "kubectl stand-in: unknown: $*" >&2; exit 99 ;;
esac
STUB
chmod +x "$area/bin/clusterctl" "$area/bin/kubectl"

# A fresh control plane with two clusters, the second without a CA of its own, and a fresh target.
fresh() {
  rm -rf "$area/plane" "$area/target" "$area/tmp" "$area/bin/tar"
  mkdir -p "$area/target" "$area/tmp" "$area/plane/"{clusters,objects,secrets/kube-{ab12c,xy34z}-cloud-config}
  chmod 750 "$area/target"
  chgrp 65534 "$area/target"
  echo false >"$area/plane/clusters/kube-ab12c"
  : >"$area/plane/clusters/kube-xy34z"
  echo '{"kind":"Cluster"}' >"$area/plane/objects/Cluster_magnum-system_kube-ab12c.yaml"
  echo 'ca of ab12c' >"$area/plane/secrets/kube-ab12c-cloud-config/cacert"
  echo 'secret of ab12c' >"$area/plane/secrets/kube-ab12c-cloud-config/clouds.yaml"
  echo 'secret of xy34z' >"$area/plane/secrets/kube-xy34z-cloud-config/clouds.yaml"
  echo 0 >"$area/plane/export-failures"
  touch "$area/admin.conf" "$area/plane/log"
  cp "$scripts"/*.sh "$area/target"
  archive=$area/target/cluster-api-objects.tar.gz
}

environment=(env --ignore-environment "PATH=$area/bin:/usr/sbin:/usr/bin:/sbin:/bin"
  "PLANE=$area/plane" "TMPDIR=$area/tmp" "KUBECONFIG=$area/admin.conf" CLUSTER_API_EXPORT_DELAY=0)
run_export() { "${environment[@]}" "$@" "$area/target/export-cluster-api-state.sh" >"$area/out" 2>&1; }
run_import() { (cd / && "${environment[@]}" "$area/target/import-cluster-api-state.sh" "$@" >"$area/out" 2>&1); }

status_is() { # WANTED COMMAND...
  local wanted=$1 status=0
  shift
  "$@" || status=$?
  ((status == wanted)) || { echo "    status $status, not $wanted" >&2; return 1; }
}
says() { grep -qF -- "$1" "$area/out" || { echo "    does not say: $1" >&2; return 1; }; }
nothing_left() {
  local left
  left=$(find "$area/tmp" "$area/target" -mindepth 1 ! -name '*.sh' ! -name 'cluster-api-objects.tar.gz*')
  [[ -z $left ]] || { echo "    left behind: $left" >&2; return 1; }
}
# How often a stand-in was called; with an empty name, both.
calls() { grep -c "^$1" "$area/plane/log" || true; }
paused() { find "$area/plane/clusters" -type f -exec grep -qx true {} ';' -printf '%f\n'; }
member() { tar --extract --gzip --to-stdout --file "${2:-$archive}" "cluster-api-backup/$1"; }

# An archive as the hand-written script of earlier releases left it.
old_archive() {
  mkdir -p "$area/old/cluster-api-backup"
  echo '{"kind":"Cluster"}' >"$area/old/cluster-api-backup/Cluster_magnum-system_kube-ab12c.yaml"
  echo kube-ab12c >"$area/old/cluster-api-backup/cluster-names.txt"
  : >"$area/old/cluster-api-backup/cacert-kube-ab12c.txt"
  echo 'old secret' >"$area/old/cluster-api-backup/clouds-yaml-kube-ab12c.txt"
  tar -czf "$archive" -C "$area/old" cluster-api-backup
  rm -r "$area/old"
}

export_saves_everything() {
  run_export
  [[ $(member cluster-names.txt) == $'kube-ab12c\nkube-xy34z' ]]
  [[ $(member cacert-kube-ab12c.txt) == 'ca of ab12c' ]]
  [[ -z $(member cacert-kube-xy34z.txt) ]]
  [[ $(member clouds-yaml-kube-xy34z.txt) == 'secret of xy34z' ]]
  [[ $(member Cluster_magnum-system_kube-ab12c.yaml) == '{"kind":"Cluster"}' ]]
  [[ $(stat --format %a "$archive") == 640 ]]
  [[ $(stat --format %g "$archive") == $(stat --format %g "$area/target") ]]
  nothing_left
}
export_keeps_the_previous_archive() {
  echo previous >"$archive"
  run_export
  [[ $(cat "$archive.1") == previous ]]
  member cluster-names.txt >/dev/null
}
export_tries_again() {
  echo 3 >"$area/plane/export-failures"
  run_export
  says "try 3 of 20"
  [[ $(calls clusterctl) == 4 ]]
  [[ $(tar --list --gzip --file "$archive") != *half* ]]
}
export_gives_up_after_the_last_try() {
  echo previous >"$archive"
  echo 5 >"$area/plane/export-failures"
  status_is 4 run_export CLUSTER_API_EXPORT_ATTEMPTS=5
  [[ $(cat "$archive") == previous && ! -e $archive.1 ]]
  [[ -z $(paused) ]]
  nothing_left
}
export_fails_without_the_api() {
  touch "$area/plane/api-down"
  status_is 1 run_export
  [[ $(calls clusterctl) == 0 ]]
  nothing_left
}
export_fails_without_a_secret() {
  echo previous >"$archive"
  rm -r "$area/plane/secrets/kube-xy34z-cloud-config"
  status_is 1 run_export
  says "kube-xy34z-cloud-config"
  [[ $(cat "$archive") == previous ]]
  nothing_left
}
export_fails_without_clouds_yaml() {
  rm "$area/plane/secrets/kube-xy34z-cloud-config/clouds.yaml"
  status_is 1 run_export
  says "no clouds.yaml"
}
export_refuses_a_paused_cluster() {
  echo true >"$area/plane/clusters/kube-ab12c"
  status_is 3 run_export
  says "paused: kube-ab12c"
  [[ $(calls clusterctl) == 0 ]]
}
export_pauses_again_what_was_paused() {
  echo true >"$area/plane/clusters/kube-ab12c"
  run_export CLUSTER_API_EXPORT_PAUSED=yes
  [[ $(paused) == kube-ab12c ]]
}
export_stopped_by_a_signal() {
  local i pid status=0
  echo previous >"$archive"
  touch "$area/plane/hang"
  "${environment[@]}" "$area/target/export-cluster-api-state.sh" >"$area/out" 2>&1 &
  pid=$!
  for ((i = 0; i < 600; i++)); do [[ ! -e $area/plane/hanging ]] || break; sleep 0.05; done
  [[ -n $(ls -A "$area/tmp") && -n $(paused) ]]
  kill -TERM "$pid"
  wait "$pid" || status=$?
  ((status == 143))
  [[ $(cat "$archive") == previous && -z $(paused) ]]
  says "Setting spec.paused of cluster kube-ab12c to false"
  nothing_left
}
export_on_a_full_disk() {
  mkdir "$area/full"
  mount -t tmpfs -o size=64k tmpfs "$area/full"
  head -c 200000 /dev/urandom | base64 >"$area/plane/objects/Secret_magnum-system_big.yaml"
  echo previous >"$area/full/cluster-api-objects.tar.gz"
  status_is 1 run_export CLUSTER_API_BACKUP_PATH="$area/full"
  says "cannot be written"
  [[ $(cat "$area/full/cluster-api-objects.tar.gz") == previous ]]
  [[ $(ls -A "$area/full") == cluster-api-objects.tar.gz ]]
  umount "$area/full"
  rmdir "$area/full"
  nothing_left
}
export_writes_a_damaged_archive() {
  echo previous >"$archive"
  cat >"$area/bin/tar" <<'STUB'
#!/bin/bash
# Stands in for tar on a bad disk: what it creates lacks its end.
/usr/bin/tar "$@" && if [[ $1 == --create ]]; then truncate --size -20 "$4"; fi
STUB
  chmod +x "$area/bin/tar"
  status_is 1 run_export
  says "archive is damaged"
  [[ $(cat "$archive") == previous ]]
  nothing_left
}
export_is_alone() {
  local lock
  exec {lock}<"$area/target"
  flock "$lock"
  status_is 5 run_export
  exec {lock}<&-
  run_export
}
export_refuses_wrong_settings() {
  status_is 2 run_export CLUSTER_API_EXPORT_ATTEMPTS=0
  status_is 2 run_export CLUSTER_API_EXPORT_DELAY=soon
  status_is 2 run_export UMASK=0644
  status_is 2 run_export KUBECONFIG="$area/none"
}
export_honours_its_environment() {
  run_export UMASK=0600 UMASK_DIR=0700 CLUSTER_API_BACKUP_PATH="$area/target/new"
  [[ $(stat --format %a "$area/target/new") == 700 ]]
  [[ $(stat --format %a "$area/target/new/cluster-api-objects.tar.gz") == 600 ]]
}
export_of_no_clusters() {
  rm "$area/plane/clusters/"*
  run_export
  says "Saved 0 workload clusters"
  run_import
}
import_restores_an_export() {
  run_export
  rm -r "$area/plane/secrets/"* "$area/plane/objects/"*
  run_import
  [[ $(cat "$area/plane/secrets/kube-ab12c-cloud-config/cacert") == 'ca of ab12c' ]]
  [[ $(cat "$area/plane/secrets/kube-xy34z-cloud-config/clouds.yaml") == 'secret of xy34z' ]]
  [[ ! -e $area/plane/secrets/kube-xy34z-cloud-config/cacert ]]
  [[ $(cat "$area/plane/secrets-at-import") == $'kube-ab12c-cloud-config\nkube-xy34z-cloud-config' ]]
  [[ $(ls "$area/plane/objects") == Cluster_magnum-system_kube-ab12c.yaml ]]
  nothing_left
}
import_twice() {
  run_export
  run_import
  echo changed >"$area/plane/secrets/kube-ab12c-cloud-config/clouds.yaml"
  run_import
  [[ $(cat "$area/plane/secrets/kube-ab12c-cloud-config/clouds.yaml") == 'secret of ab12c' ]]
}
import_of_an_old_archive() {
  old_archive
  mv "$archive" "$area/old.tar.gz"
  run_import "$area/old.tar.gz"
  [[ $(cat "$area/plane/secrets/kube-ab12c-cloud-config/clouds.yaml") == 'old secret' ]]
  nothing_left
}
import_after_a_failure() {
  run_export
  touch "$area/plane/import-fails"
  status_is 1 run_import
  nothing_left
  rm "$area/plane/import-fails"
  touch "$area/plane/refuse-kube-ab12c-cloud-config"
  status_is 1 run_import
  says "run this again"
  rm "$area/plane/refuse-kube-ab12c-cloud-config"
  run_import
}
import_refuses() { # makes an archive of the tree $area/evil with tar options "$@"
  tar -czf "$archive" -C "$area/evil" "$@"
  status_is 3 run_import
  [[ $(calls '') == 0 ]]
  nothing_left
}
import_refuses_foreign_members() {
  mkdir -p "$area/evil/cluster-api-backup/deep"
  echo kube-ab12c >"$area/evil/cluster-api-backup/cluster-names.txt"
  echo secret >"$area/evil/cluster-api-backup/clouds-yaml-kube-ab12c.txt"
  echo x >"$area/evil/cluster-api-backup/deep/x"
  import_refuses cluster-api-backup
  rm -r "$area/evil/cluster-api-backup/deep"
  ln -s /etc/passwd "$area/evil/cluster-api-backup/link"
  import_refuses cluster-api-backup
  rm "$area/evil/cluster-api-backup/link"
  echo x >"$area/evil/escape"
  import_refuses cluster-api-backup --transform 's|^escape|../escape|' --absolute-names escape
  import_refuses cluster-api-backup --transform 's|^escape|/tmp/escape|' --absolute-names escape
  echo kube-xy34z >"$area/evil/cluster-api-backup/cluster-names.txt"
  import_refuses cluster-api-backup
  echo '../../etc/x' >"$area/evil/cluster-api-backup/cluster-names.txt"
  import_refuses cluster-api-backup
  rm -r "$area/evil"
}
import_refuses_a_damaged_archive() {
  run_export
  : >"$area/plane/log"
  head -c 200 "$archive" >"$archive.part"
  mv "$archive.part" "$archive"
  status_is 3 run_import
  echo text >"$archive"
  status_is 3 run_import
  [[ $(calls '') == 0 ]]
  rm "$archive"
  status_is 2 run_import
  nothing_left
}
both_explain_themselves() {
  status_is 0 run_export
  for script in export import; do
    "${environment[@]}" "$area/target/$script-cluster-api-state.sh" --help | grep -q '^Usage'
    status_is 2 "${environment[@]}" "$area/target/$script-cluster-api-state.sh" --wrong 2>"$area/out"
  done
}

for case in $(compgen -A function | grep -E '^(export|import|both)_' | grep -vx import_refuses); do
  fresh
  status=0
  # A subshell of its own, outside any condition, so that `set -e` ends the case at its first failure.
  set +e
  (set -eE; trap 'echo "    at line $LINENO: $BASH_COMMAND" >&2' ERR; "$case") 2>"$area/why"
  status=$?
  set -e
  if ((status == 0)); then
    echo "ok    ${case//_/ }"
  else
    echo "FAIL  ${case//_/ }"
    cat "$area/why"
    [[ ! -e $area/out ]] || sed 's/^/    | /' "$area/out"
    failed=1
  fi
done
exit "$failed"
