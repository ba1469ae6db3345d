#!/bin/bash
# Remove the lab and prove that nothing of it is left. --keep-base keeps the hosts' root file system,
# so that the next start takes seconds.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
title=lab
# shellcheck source=lab.conf.sh
. "$here/lab.conf.sh"
# shellcheck source=lib/common.sh
. "$here/lib/common.sh"
# shellcheck source=lib/preflight.sh
. "$here/lib/preflight.sh"
lab_lxc=$lab_dir/lxc
keep=${1:-}

check_root
# Of another checkout, only where that is gone and nobody else can do it.
owner=$(lab_owner)
[ ! -d "${owner:-/nowhere}" ] || check_owner
lab_claim

containers() { find "$lab_lxc" -mindepth 1 -maxdepth 1 -name "$lab_prefix-*" -printf '%f\n' 2>/dev/null || true; }
namespaces() { ip netns list 2>/dev/null | awk -v prefix="$lab_prefix-" 'index($1, prefix) == 1 { print $1 }'; }
cgroups() {
  find /sys/fs/cgroup -maxdepth 2 -type d \
    \( -name "lxc.payload.$lab_prefix-*" -o -name "lxc.monitor.$lab_prefix-*" \) 2>/dev/null || true
}
routes() { ip route show type blackhole proto "$lab_route_protocol" 2>/dev/null || true; }
mounts() { grep -F " $lab_dir/" /proc/self/mountinfo || true; }

for ct in $(containers); do
  lxc-stop -P "$lab_lxc" -n "$ct" -k 9>&- 2>/dev/null &
done
wait
# What still works inside the networks: kept SSH connections, forgotten playbooks.
for signal in TERM KILL; do
  for ns in $(namespaces); do
    pids=$(ip netns pids "$ns")
    # shellcheck disable=SC2086  # a list of process ids
    [ -z "$pids" ] || kill -s "$signal" $pids 2>/dev/null || true
  done
  for _ in 1 2 3 4 5; do
    busy=$(for ns in $(namespaces); do ip netns pids "$ns"; done)
    [ -n "$busy" ] || break
    sleep 0.1
  done
done
for ns in $(namespaces); do ip netns delete "$ns"; done
while read -r _ network _; do
  [ -z "$network" ] || ip route delete blackhole "$network" proto "$lab_route_protocol"
done < <(routes)
for group in $(cgroups); do find "$group" -depth -type d -exec rmdir {} + 2>/dev/null || true; done
# LXC's scratch groups serve every container of the machine: rmdir takes those that nobody uses.
find /sys/fs/cgroup -maxdepth 2 -type d -name lxc.pivot -exec rmdir {} + 2>/dev/null || true

rm -rf --one-file-system "$lab_run"
if [ "$keep" = --keep-base ]; then
  find "$lab_dir" -mindepth 1 -maxdepth 1 ! -name base ! -name log -exec rm -rf --one-file-system {} + 2>/dev/null || true
else
  rm -rf --one-file-system "$lab_dir"
fi

left=$(containers; namespaces; cgroups; routes; mounts)
[ -z "$left" ] || die "still there:
$left"
rm -f "$lab_lock"
if [ "$keep" = --keep-base ]; then
  say "down; the root file system and the logs are kept in $lab_dir"
else
  say "down, nothing left"
fi
