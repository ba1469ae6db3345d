# shellcheck shell=bash
# The proxy on the compute host.
say "The proxy"

check "its unit runs" on compute1 "systemctl is-active magnum-cluster-api-proxy"
check "its unit is enabled" on compute1 "systemctl is-enabled magnum-cluster-api-proxy"
check "it runs as its own user, in its own slice" equals "magnum-cluster-api-proxy.slice capi_proxy" \
  on compute1 "systemctl show -P Slice -P User magnum-cluster-api-proxy | xargs"
check "it is given PROXY_BIND" matches 'PROXY_BIND=198.18.236.61' \
  on compute1 "systemctl show -p Environment magnum-cluster-api-proxy"
check "it may start its helper, and nothing else" matches 'NOPASSWD: /openstack/venvs/magnum-cluster-api-proxy-[^ ]*/bin/privsep-helper$' \
  on compute1 "visudo -c >/dev/null && sudo -l -U capi_proxy"
check "the kubeconfig is its own and private" equals "capi_proxy capi_proxy 600" \
  on compute1 "stat -c '%U %G %a' /var/lib/capi_proxy/.kube/config"
check "Magnum's kubeconfig is its own and private" equals "magnum magnum 600" \
  on magnum1 "stat -c '%U %G %a' /var/lib/magnum/.kube/config"
