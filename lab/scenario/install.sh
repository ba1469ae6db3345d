# shellcheck shell=bash
# shellcheck disable=SC2154  # variables of run.sh
# Installs the collection from its tarball, and the configuration that ships with it.

say "The collection, from its tarball"
shopt -s nullglob
tarballs=("$lab_root"/galaxy/osa_ops-mcapi_vexxhost-*.tar.gz)
[ ${#tarballs[@]} = 1 ] ||
  { echo "There are ${#tarballs[@]} tarballs in galaxy/, not one. Remedy:  make build"; exit 1; }
# As OpenStack-Ansible does it. The collections that it needs are installed already.
cat >"$lab_dir/requirements.yml" <<YAML
collections:
  - name: osa_ops.mcapi_vexxhost
    source: ${tarballs[0]}
    type: file
YAML
check "ansible-galaxy installs it" "$lab/exec" ansible-galaxy collection install --force --no-deps \
  -r "$lab_dir/requirements.yml" -p "$lab_dir/collections"

cp "$lab/openstack_deploy"/* "$lab_deploy"
must bootstrap bootstrap -e "mcapi_bootstrap_dest=$lab_deploy" -e mcapi_bootstrap_force=true
# What the lab's operator chose: backups, and nothing that a lab without OpenStack cannot have.
cat >"$lab_deploy/user_variables_lab.yml" <<'YAML'
---
cluster_api_backups_enabled: true
# The shipped interval keeps a new server down for half a minute. The lab is in a hurry.
haproxy_k8s_service_overrides:
  haproxy_interval: 2000
mcapi_vexxhost_proxy_environment:
  PROXY_BIND: "{{ management_address }}"
YAML
