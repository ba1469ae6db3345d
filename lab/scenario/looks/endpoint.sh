# shellcheck shell=bash
# shellcheck disable=SC2154  # variables of run.sh
# The control plane's API: who reaches it, and where.
say "The API of the control plane"

vip=https://198.18.236.9:6443
external=https://198.19.236.9:6443

check "Magnum's user reaches /healthz through the VIP" equals ok \
  on magnum1 "runuser -u magnum -- env KUBECONFIG=/var/lib/magnum/.kube/config kubectl get --raw /healthz"
check "the proxy's user reaches /healthz through the VIP" equals ok \
  on compute1 "runuser -u capi_proxy -- env KUBECONFIG=/var/lib/capi_proxy/.kube/config kubectl get --raw /healthz"
check "both kubeconfigs name the internal VIP" equals "$vip" \
  on magnum1 "kubectl --kubeconfig /var/lib/magnum/.kube/config config view --minify -o 'jsonpath={.clusters[0].cluster.server}'"
check "every Node carries the label of the control plane" equals 3 \
  on magnum1 "kubectl --kubeconfig /var/lib/magnum/.kube/config get nodes -l openstack-control-plane=enabled --no-headers | wc -l"
check "Nodes are for those with a client certificate" matches '^40[13]$' \
  on compute1 "curl -sk -o /dev/null -w '%{http_code}' --max-time 5 $vip/api/v1/nodes"
check "the internal VIP answers on 6443" equals ok on compute1 "curl -sk --max-time 5 $vip/healthz"
check "the external VIP does not answer on 6443" equals 7 \
  on compute1 "curl -sk --max-time 5 $external/healthz >/dev/null; echo \$?"
check "a host beyond the external network sees no API either" equals 7 \
  "$lab/exec" sh -c "curl -sk --max-time 5 $external/healthz >/dev/null; echo \$?"
