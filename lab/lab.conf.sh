# shellcheck shell=bash
# shellcheck disable=SC2034  # settings for the scripts that source this file
# Settings of the lab. The hosts and their addresses stand in inventory/hosts.yml.

lab_root=$(cd "${here:?}/.." && pwd)
lab_dir=$lab_root/.lab            # all state: base root file system, hosts, keys, logs
lab_tools=$lab_root/.tools        # what setup.sh installed by pip
lab_logs=$lab_dir/log
lab_deploy=$lab_dir/openstack_deploy

lab_default_series=2025.2         # one of series.conf

# Names that the machine sees begin with this: network namespaces, containers, cgroups.
lab_prefix=mcapi-lab
lab_core=$lab_prefix-core         # namespace with both bridges; the deploy host works in it
lab_run=/run/$lab_prefix          # SSH control sockets: their paths must be short
lab_lock=/run/lock/$lab_prefix    # says which checkout has the lab of this machine

# From 198.18.0.0/15, set apart for benchmarking by RFC 2544: nobody's real network.
lab_bridges=(br-mgmt br-ext)
declare -A lab_networks=([br-mgmt]=198.18.236.0/24 [br-ext]=198.19.236.0/24)
declare -A lab_deploy_addresses=([br-mgmt]=198.18.236.1/24 [br-ext]=198.19.236.1/24)
declare -A lab_interfaces=([br-mgmt]=eth1 [br-ext]=eth2)
# Marks the lab's own blackhole routes, so that nobody else's is taken for one of them.
lab_route_protocol=236

lab_suite=bookworm
lab_packages=(
  acl ca-certificates cron curl dbus git haproxy iproute2 iputils-ping jq kmod kubernetes-client
  less logrotate netbase openssh-server openssl procps python3 python3-apt python3-venv
  python3-yaml rsync sudo systemd systemd-sysv
)
