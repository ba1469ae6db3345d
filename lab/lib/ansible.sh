# shellcheck shell=bash
# Ansible's environment for the lab, as OpenStack-Ansible's openstack-ansible.rc sets it up, with the
# pinned ansible-core of SERIES. Sourced by exec and openstack-ansible. A variable that is set
# already stays, as there.

# shellcheck source=lab.conf.sh
. "${here:?}/lab.conf.sh"
# shellcheck source=lib/common.sh
. "$here/lib/common.sh"
# shellcheck source=lib/series.sh
. "$here/lib/series.sh"

[ "$(id -u)" = 0 ] || die "needs root: run it with sudo"
[ -e "/run/netns/$lab_core" ] || die "the lab is not up. Remedy:  $here/up.sh"
export SERIES=${SERIES:-$lab_default_series}
series_read "$SERIES"
venv=$lab_tools/ansible-$ansible_core
[ -x "$venv/bin/ansible-playbook" ] ||
  die "ansible-core $ansible_core is not installed. Remedy:  SERIES=$SERIES $here/setup.sh lab"
export PATH=$venv/bin:$PATH

export LC_ALL=${LC_ALL:-C.UTF-8}
export OSA_VERSION=${OSA_VERSION:-$SERIES}
export OSA_CONFIG_DIR=${OSA_CONFIG_DIR:-$lab_deploy}
# What stands in for the clone of openstack-ansible: a series that ships more than the others has
# a folder of its own.
export OSA_CLONE_ROOT=${OSA_CLONE_ROOT:-$(
  [ -d "$here/$SERIES/inventory" ] && echo "$here/$SERIES" || echo "$here"
)}
osa_inventory=$OSA_CLONE_ROOT/inventory
export ANSIBLE_INVENTORY=${ANSIBLE_INVENTORY:-$osa_inventory/hosts.yml,$osa_inventory/inventory.ini,$OSA_CONFIG_DIR/inventory.ini}

export ANSIBLE_CACHE_PLUGIN=${ANSIBLE_CACHE_PLUGIN:-jsonfile}
export ANSIBLE_CACHE_PLUGIN_CONNECTION=${ANSIBLE_CACHE_PLUGIN_CONNECTION:-$OSA_CONFIG_DIR/ansible_facts}
export ANSIBLE_CACHE_PLUGIN_TIMEOUT=${ANSIBLE_CACHE_PLUGIN_TIMEOUT:-86400}
export ANSIBLE_CALLBACK_RESULT_FORMAT=${ANSIBLE_CALLBACK_RESULT_FORMAT:-yaml}
export ANSIBLE_FORCE_HANDLERS=${ANSIBLE_FORCE_HANDLERS:-true}
export ANSIBLE_FORKS=${ANSIBLE_FORKS:-10}
export ANSIBLE_GATHERING=${ANSIBLE_GATHERING:-smart}
[ "$gather_subset" = - ] || export ANSIBLE_GATHER_SUBSET=${ANSIBLE_GATHER_SUBSET:-$gather_subset}
export ANSIBLE_INJECT_FACT_VARS=${ANSIBLE_INJECT_FACT_VARS:-false}
export ANSIBLE_LOG_PATH=${ANSIBLE_LOG_PATH:-$lab_logs/ansible.log}
export ANSIBLE_PIPELINING=${ANSIBLE_PIPELINING:-true}
export ANSIBLE_RETRY_FILES_ENABLED=${ANSIBLE_RETRY_FILES_ENABLED:-false}
export ANSIBLE_SSH_ARGS=${ANSIBLE_SSH_ARGS:--C -o ControlMaster=auto -o ControlPersist=300}
export ANSIBLE_SSH_RETRIES=${ANSIBLE_SSH_RETRIES:-5}
export ANSIBLE_TIMEOUT=${ANSIBLE_TIMEOUT:-5}
export ANSIBLE_TRANSFORM_INVALID_GROUP_CHARS=${ANSIBLE_TRANSFORM_INVALID_GROUP_CHARS:-$group_chars}

# What the stand-ins write down.
export LAB_LEDGER=${LAB_LEDGER:-$lab_dir/ledger.jsonl}

# The lab's own: where things lie in the checkout, and host keys that are really looked at.
export ANSIBLE_CONFIG=${ANSIBLE_CONFIG:-$here/ansible.cfg}
export ANSIBLE_HOME=${ANSIBLE_HOME:-$lab_dir/ansible}
export ANSIBLE_COLLECTIONS_PATH=${ANSIBLE_COLLECTIONS_PATH:-$lab_dir/collections:$here/stand-ins:$lab_tools/collections}
export ANSIBLE_ROLES_PATH=${ANSIBLE_ROLES_PATH:-$here/stand-ins/roles}
export ANSIBLE_HOST_KEY_CHECKING=${ANSIBLE_HOST_KEY_CHECKING:-true}
export ANSIBLE_SSH_COMMON_ARGS=${ANSIBLE_SSH_COMMON_ARGS:--F $lab_dir/ssh_config}
export ANSIBLE_SSH_CONTROL_PATH_DIR=${ANSIBLE_SSH_CONTROL_PATH_DIR:-$lab_run}
