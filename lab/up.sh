#!/bin/bash
# Start the lab: hosts with systemd and sshd on networks of their own, which no packet leaves.
# Does what is missing: run it again to restart a dead host. --check only looks whether it may start.
set -euo pipefail
umask 022
export LC_ALL=C
here=$(dirname "$(readlink -f "$0")")
title=lab
# shellcheck source=lab.conf.sh
. "$here/lab.conf.sh"
# shellcheck source=lib/common.sh
. "$here/lib/common.sh"
# shellcheck source=lib/preflight.sh
. "$here/lib/preflight.sh"
# shellcheck source=lib/network.sh
. "$here/lib/network.sh"
# shellcheck source=lib/hosts.sh
. "$here/lib/hosts.sh"

check_root
check_networks
check_owner
[ "${1:-}" != --check ] || exit 0
check_machine
lab_claim
echo "$lab_root" >"$lab_lock"
mkdir -p "$lab_logs" "$lab_lxc" "$lab_run" "$lab_dir/base"

# The base is rebuilt when what it is made from changes.
recipe=$(echo "$lab_suite ${lab_packages[*]} $(uname -r)" &&
  cat "$here"/lib/base.sh "$here"/requirements/pip-{openstack,kubernetes}.txt)
base=$lab_dir/base/$(sha256sum <<<"$recipe" | cut -c1-12)
if [ ! -e "$base/.complete" ]; then
  [ ! -e "/run/netns/$lab_core" ] || die "what the hosts' root file system is made from has changed, and hosts stand on the old one.
Remedy:  $here/down.sh && $here/up.sh"
  rm -rf --one-file-system "$lab_lxc" "$lab_dir/base"
  mkdir -p "$lab_lxc" "$lab_dir/base"
  say "building the root file system of the hosts (about a minute)"
  step "root file system built" "$lab_logs/base.log" "$here/lib/base.sh" "$base"
fi

install -d -m 700 "$lab_dir/keys"
[ -e "$lab_dir/keys/id_ed25519" ] ||
  ssh-keygen -q -t ed25519 -N '' -C "$lab_prefix" -f "$lab_dir/keys/id_ed25519"
mkdir -p "$lab_deploy"
cp --update=none "$here"/openstack_deploy/* "$lab_deploy" 2>/dev/null ||
  cp --no-clobber "$here"/openstack_deploy/* "$lab_deploy"

hosts_read
{
  echo "127.0.0.1 localhost"
  for line in "${hosts[@]}"; do
    echo "$(management "$line") ${line%% *}.openstack.local ${line%% *}"
  done
} >"$lab_dir/hosts"

networks_up
started=0
: >"$lab_dir/known_hosts.new"
: >"$lab_dir/ssh_config"
for line in "${hosts[@]}"; do
  read -r name short cables <<<"$line"
  namespace "$(container "$name")"
  for wire in $cables; do cable "$(container "$name")" "${wire%%=*}" "${wire#*=}"; done
  host_layer "$name"
  host_config "$name"
  read -r kind key _ <"$lab_lxc/$(container "$name")/upper/etc/ssh/ssh_host_ed25519_key.pub"
  echo "$name,$(management "$line") $kind $key" >>"$lab_dir/known_hosts.new"
  printf 'Host %s %s\n  HostName %s\n  HostKeyAlias %s\n' \
    "$name" "$short" "$(management "$line")" "$name" >>"$lab_dir/ssh_config"
done
mv "$lab_dir/known_hosts.new" "$lab_dir/known_hosts"
cat >>"$lab_dir/ssh_config" <<CONFIG
Host *
  User root
  IdentityFile $lab_dir/keys/id_ed25519
  IdentitiesOnly yes
  UserKnownHostsFile $lab_dir/known_hosts
  StrictHostKeyChecking yes
  BatchMode yes
CONFIG

for line in "${hosts[@]}"; do host_start "${line%% *}"; done
hosts_wait
say "${#hosts[@]} hosts up, $started of them started now"
