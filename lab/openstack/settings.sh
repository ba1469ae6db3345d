# shellcheck shell=bash disable=SC2034 # sourced: its variables are used by the scripts beside it
# Settings of the lab's OpenStack, each taken from the environment where it is set there.

openstack_room=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
openstack_project=$(dirname "$(dirname "$openstack_room")")

# The release of Magnum: 23, 22 or 21, all of which run on Python 3.11. An older one has a virtual
# environment of its own.
OPENSTACK_MAGNUM=${OPENSTACK_MAGNUM:-23}
case $OPENSTACK_MAGNUM in
  23) openstack_variant='' ;;
  21 | 22) openstack_variant=-$OPENSTACK_MAGNUM ;;
  *) echo "OPENSTACK_MAGNUM=$OPENSTACK_MAGNUM is none of 21 22 23" >&2; exit 1 ;;
esac
openstack_lock=$openstack_room/requirements$openstack_variant.lock
# Network namespace to run in: a name below /run/netns, or a path. Empty: the caller's own.
OPENSTACK_NETNS=${OPENSTACK_NETNS-}
# Address the services listen on.
OPENSTACK_ADDRESS=${OPENSTACK_ADDRESS:-127.0.0.1}
# First of three ports: Keystone, then Magnum, then the stand-in.
OPENSTACK_PORT=${OPENSTACK_PORT:-15000}
# Address in the catalog and in clouds.yaml, where it is not the listening one (a load balancer's).
OPENSTACK_ENDPOINT=${OPENSTACK_ENDPOINT:-$OPENSTACK_ADDRESS}
OPENSTACK_REGION=${OPENSTACK_REGION:-RegionOne}
# api_address of a finished cluster, hence the server in its kubeconfig.
OPENSTACK_CLUSTER_API=${OPENSTACK_CLUSTER_API:-https://$OPENSTACK_ENDPOINT:6443}
# Databases, logs, pid files, clouds.yaml.
OPENSTACK_STATE=${OPENSTACK_STATE:-$openstack_project/.lab/openstack$openstack_variant}
OPENSTACK_VENV=${OPENSTACK_VENV:-$openstack_project/.tools/openstack$openstack_variant}

openstack_keystone_port=$OPENSTACK_PORT
openstack_magnum_port=$((OPENSTACK_PORT + 1))
openstack_standin_port=$((OPENSTACK_PORT + 2))

# What an installation is made of, and where: its programs name the folder, and one that was moved has
# to be made again.
openstack_installation() {
  readlink -f "$OPENSTACK_VENV"
  cat "$openstack_lock"
}
openstack_is_installed() {
  openstack_installation | cmp --silent - "$OPENSTACK_VENV/.complete" 2>/dev/null
}
