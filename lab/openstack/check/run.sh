#!/bin/bash
# Check the running OpenStack with the real client and the real openstack.cloud modules.
# Usage: run.sh ANSIBLE_PLAYBOOK COLLECTIONS
#   e.g. run.sh .tools/ansible-2.18/bin/ansible-playbook .tools/collections
# Its resources are named check-..., so it may run beside others. It stops at the first fault and
# leaves what it made for inspection; up.sh --fresh clears that.
set -euo pipefail
# shellcheck source=../settings.sh
. "$(dirname "$(dirname "$(readlink -f "$0")")")/settings.sh"
playbook=${1:?ansible-playbook to use} collections=${2:?folder that holds ansible_collections}
case $OPENSTACK_NETNS in
  '') enter=() ;;
  /*) enter=(nsenter "--net=$OPENSTACK_NETNS") ;;
  *) enter=(nsenter "--net=/run/netns/$OPENSTACK_NETNS") ;;
esac

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export OS_CLIENT_CONFIG_FILE=$OPENSTACK_STATE/clouds.yaml OS_CLOUD=default
export ANSIBLE_COLLECTIONS_PATH=$collections ANSIBLE_HOME=$scratch/ansible
export ANSIBLE_LOCALHOST_WARNING=false ANSIBLE_INVENTORY_UNPARSED_WARNING=false

fail() {
  echo "check: $*" >&2
  exit 1
}
client() { "${enter[@]}" "$OPENSTACK_VENV/bin/openstack" "$@"; }
# Prints the number of changed tasks.
play() {
  "${enter[@]}" "$playbook" --extra-vars "scratch=$scratch ansible_python_interpreter=$OPENSTACK_VENV/bin/python \
image_site=http://$OPENSTACK_ENDPOINT:$openstack_standin_port/images" \
    "$openstack_room/check/$1.yml" >"$scratch/$1.log" 2>&1 || {
    cat "$scratch/$1.log" >&2
    fail "$1.yml failed"
  }
  sed -n 's/.* changed=\([0-9]*\) .*/\1/p' "$scratch/$1.log"
}
await_status() { # cluster status
  local tries status=
  for ((tries = 0; tries < 20; tries++)); do
    status=$(client coe cluster show "$1" -c status -f value)
    [ "$status" != "$2" ] || return 0
    sleep 0.5
  done
  fail "cluster $1 is $status, not $2"
}

ssh-keygen -q -t ed25519 -N '' -C check -f "$scratch/key"
changed=$(play present)
[ "$changed" = 8 ] || fail "creating changed $changed tasks, not 8"
changed=$(play present)
[ "$changed" = 0 ] || fail "creating again changed $changed tasks"

client coe cluster config check --dir "$scratch" >/dev/null
grep --quiet "server: $OPENSTACK_CLUSTER_API" "$scratch/config" || fail "no usable kubeconfig"
"$OPENSTACK_VENV/bin/python" "$openstack_room/check/kubeconfig.py" "$scratch/config"

client coe cluster create fail-check --cluster-template check --keypair check-key >/dev/null
await_status fail-check CREATE_FAILED
client coe cluster show fail-check -c status_reason -f value | grep --quiet 'Stand-in' ||
  fail "a failed cluster gives no reason"
client coe cluster delete fail-check >/dev/null

client coe cluster resize check 3 >/dev/null
await_status check UPDATE_COMPLETE
[ "$(client coe cluster show check -c node_count -f value)" = 3 ] || fail "resize left node_count"

# What Magnum and the driver refuse is refused for real.
refused() { # words of the answer, then the command
  local words=$1 answer
  shift
  if answer=$(client "$@" 2>&1); then fail "accepted: $*"; fi
  case $answer in *"$words"*) ;; *) fail "$* answers: $answer" ;; esac
}
refused 'Image nowhere could not be found' coe cluster template create wrong --coe kubernetes --image nowhere --external-network check-public
refused 'the stand-in does not know' network qos policy list

changed=$(play absent)
[ "$changed" = 7 ] || fail "deleting changed $changed tasks, not 7"
echo "check: $(basename "$(dirname "$(dirname "$playbook")")"): all is well"
