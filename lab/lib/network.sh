# shellcheck shell=bash
# shellcheck disable=SC2154  # variables of the script that sources this file
# The lab's networks: two bridges in a namespace without uplink, and a cable to each host.
# Sourced by up.sh. nsenter, not "ip netns exec": that hides /sys/fs/cgroup.

in_core() { nsenter --net="/run/netns/$lab_core" "$@"; }

# namespace NAME: make it if it is not there.
namespace() {
  [ -e "/run/netns/$1" ] || ip netns add "$1"
  ip -n "$1" link set lo up
}

networks_up() {
  local bridge
  namespace "$lab_core"
  for bridge in "${lab_bridges[@]}"; do
    if ! ip -n "$lab_core" link show "$bridge" &>/dev/null; then
      ip -n "$lab_core" link add "$bridge" type bridge
      ip -n "$lab_core" address add "${lab_deploy_addresses[$bridge]}" dev "$bridge"
    fi
    ip -n "$lab_core" link set "$bridge" up
    # Outside the lab's namespaces its addresses would go to the machine's default gateway.
    ip route replace blackhole "${lab_networks[$bridge]}" proto "$lab_route_protocol"
  done
  in_core sh -c 'echo 0 >/proc/sys/net/ipv4/ip_forward'
}

# cable NAMESPACE BRIDGE ADDRESS,...: connect a host; its interface has the bridge's usual name.
cable() {
  local ns=$1 bridge=$2 interface=${lab_interfaces[$2]} address peer
  local -a addresses
  IFS=, read -ra addresses <<<"$3"
  ip -n "$ns" link show "$interface" &>/dev/null && return
  # Interface names have 15 characters at most: the bridge and the last octet tell the cable.
  peer=${addresses[0]%/*}
  peer=${bridge#br-}-${peer##*.}
  ip link add "$interface" netns "$ns" type veth peer name "$peer" netns "$lab_core"
  ip -n "$lab_core" link set "$peer" master "$bridge" up
  for address in "${addresses[@]}"; do ip -n "$ns" address add "$address" dev "$interface"; done
  ip -n "$ns" link set "$interface" up
}
