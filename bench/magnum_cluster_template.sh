#!/bin/bash
# A cluster template that is there already, and ten of them in one play, by the module
# magnum_cluster_template beside the usual one, openstack.cloud.coe_cluster_template: Keystone and
# Magnum themselves, started for this on loopback, and plays with a local connection, with the oldest
# and the newest ansible-core. Needs no lab: magnum_cluster_template.sh [ROUNDS]. Writes tables to
# stdout.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
# shellcheck source=lib.sh
. "$here/lib.sh"

export OPENSTACK_STATE=$bench_folder/openstack OPENSTACK_PORT=${OPENSTACK_PORT:-15300} OPENSTACK_NETNS=
trap '"$bench_root/lab/openstack/down.sh"; rm -rf "$bench_folder"' EXIT
"$bench_root/lab/openstack/up.sh" >&2

export ANSIBLE_COLLECTIONS_PATH=$bench_collections:$bench_root/.tools/collections
export ANSIBLE_CALLBACK_PLUGINS=$here/callback_plugins ANSIBLE_CALLBACKS_ENABLED=task_times
export ANSIBLE_HOME=$bench_folder/ansible ANSIBLE_PIPELINING=true LC_ALL=C.UTF-8
export ANSIBLE_LOCALHOST_WARNING=false ANSIBLE_INVENTORY_UNPARSED_WARNING=false
export OS_CLIENT_CONFIG_FILE=$OPENSTACK_STATE/clouds.yaml OS_CLOUD=default

playbooks=()
for series in "${bench_series[@]}"; do
  SERIES=$series "$bench_root/lab/setup.sh" lab >&2
  core=$(bench_core "$series")
  playbooks+=("$core=$bench_root/.tools/ansible-$core/bin/ansible-playbook")
done
echo "### Cluster templates that are there already"
echo
echo "Keystone and Magnum on loopback, a local connection, pipelining as OpenStack-Ansible sets it."
echo "\`usual\` is openstack.cloud.coe_cluster_template; both find the template as it is wanted."
echo
python3 "$here/magnum_cluster_template.py" --rounds "${1:-15}" \
  --module "$bench_collection/plugins/modules/magnum_cluster_template" \
  --python "$bench_root/.tools/openstack/bin/python" --scratch "$bench_folder" \
  --logs "$OPENSTACK_STATE/log" --images "http://127.0.0.1:$((OPENSTACK_PORT + 2))/images" \
  "${playbooks[@]}"
