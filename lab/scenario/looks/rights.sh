# shellcheck shell=bash
# shellcheck disable=SC2154  # variables of run.sh
# Magnum and the proxy with rights of their own, and back to the administrator's.
say "Least privilege"

magnum_conf=/var/lib/magnum/.kube/config
proxy_conf=/var/lib/capi_proxy/.kube/config
switch=$lab_deploy/user_variables_least_privilege.yml

# both TITLE [ARGUMENT...]: the two playbooks that deliver kubeconfigs.
both() {
  local title=$1
  shift
  must "$title-magnum" mcapi_magnum_integration --tags magnum_k8s_conf "$@"
  changed=$(sum changed)
  must "$title-proxy" mcapi_proxy "$@"
  changed=$((changed + $(sum changed)))
}
# denied HOST COMMAND: the API server refuses it, and not for another reason.
denied() {
  local output
  if output=$(on "$@" 2>&1); then printf 'it was allowed: %s\n' "$output"; return 1; fi
  grep -qiE 'forbidden' <<<"$output" || { printf '%s\n' "$output"; return 1; }
}
# ask HOST KUBECONFIG CONSUMER: the list of rights, asked from the host that has them.
ask() {
  on "$1" "cat >/root/ask_rights.sh" <"$lab/scenario/ask_rights.sh"
  on "$1" "bash /root/ask_rights.sh $2 $3" <"$lab/scenario/rights.txt"
}
token_of() { on k8s1 "sed -n 's/^ *token: *//p' /etc/kubernetes/mcapi-$1.conf | tr -d '\"'"; }

echo "mcapi_least_privilege: true" >"$switch"
both least-privilege-1 -vvv
both least-privilege-2
check "the second run changed nothing" equals 0 echo "$changed"
both least-privilege-check --check
check "check mode finds nothing to change" equals 0 echo "$changed"

for consumer in magnum proxy; do
  check "the kubeconfig of $consumer on the first k8s host is root's alone" equals "root root 600" \
    on k8s1 "stat -c '%U %G %a' /etc/kubernetes/mcapi-$consumer.conf"
  token=$(token_of $consumer)
  check "the token of $consumer is known to this check" test ${#token} -gt 100
  for run in least-privilege-1-magnum least-privilege-1-proxy; do
    check "no log of $run at -vvv has the token of $consumer" absent -F "$token" \
      "$lab_logs/$run.log" "$lab_logs/$run.log.ansible"
  done
  check "the ledger of the stand-ins has it neither" absent -F "$token" "$LAB_LEDGER"
done
check "Magnum has the rights in the list, and no others" ask magnum1 $magnum_conf magnum
check "the proxy has the rights in the list, and no others" ask compute1 $proxy_conf proxy
check "Magnum reads the objects of its namespace" on magnum1 \
  "kubectl --kubeconfig $magnum_conf -n magnum-system get secrets"
check "Magnum sees no Nodes" denied magnum1 "kubectl --kubeconfig $magnum_conf get nodes"
check "Magnum reaches no kubelet" denied magnum1 \
  "kubectl --kubeconfig $magnum_conf get --raw /api/v1/nodes/k8s1/proxy/pods"
check "Magnum reads no Secret elsewhere" denied magnum1 \
  "kubectl --kubeconfig $magnum_conf -n kube-system get secrets"
check "Magnum deletes no other namespace" denied magnum1 \
  "kubectl --kubeconfig $magnum_conf delete namespace kube-system"
check "the proxy goes on seeing the clusters" on compute1 \
  "kubectl --kubeconfig $proxy_conf -n magnum-system get openstackclusters.infrastructure.cluster.x-k8s.io"
check "the proxy lists no Secrets" denied compute1 \
  "kubectl --kubeconfig $proxy_conf -n magnum-system get secrets"
check "the proxy's service runs" on compute1 "systemctl is-active magnum-cluster-api-proxy"

before=$(token_of magnum)
both least-privilege-renewed -e mcapi_least_privilege_renewal_days=370 \
  -e mcapi_least_privilege_lifetime_days=400
check "a token that ends within the margin is issued anew" test "$(token_of magnum)" != "$before"

rm "$switch"
both least-privilege-off
check "switched back, Magnum has the administrator's kubeconfig" \
  equals "$(on k8s1 "sha256sum /etc/kubernetes/admin.conf | cut -d' ' -f1")" \
  on magnum1 "sha256sum $magnum_conf | cut -d' ' -f1"
for consumer in magnum proxy; do
  check "switched back, the account of $consumer is gone" equals "" on k8s1 \
    "kubectl --kubeconfig /etc/kubernetes/admin.conf -n mcapi-vexxhost get serviceaccount $consumer --ignore-not-found -o name"
  check "so is its kubeconfig on the first k8s host" on k8s1 "! test -e /etc/kubernetes/mcapi-$consumer.conf"
done
check "and no right is left of either" equals "" on k8s1 \
  "kubectl --kubeconfig /etc/kubernetes/admin.conf -n magnum-system get role,rolebinding -l app.kubernetes.io/managed-by=osa_ops.mcapi_vexxhost -o name"
both least-privilege-off-2
check "a second run after that changes nothing" equals 0 echo "$changed"
