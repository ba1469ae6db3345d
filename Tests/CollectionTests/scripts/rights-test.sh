#!/bin/bash
# Gives Magnum and the proxy the rights of the collection, on the lab's stand-in API server, and tries
# them with kubectl: what the list in the lab says, and real calls. Prints a line for each case; exits
# 1 when one failed.
# SPDX-License-Identifier: Apache-2.0
set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../../.." && pwd)
# shellcheck source=SCRIPTDIR/api-server.sh
. "$root/Tests/CollectionTests/scripts/api-server.sh"
area=$(mktemp --directory --tmpdir rights-test.XXXXXX)
export HOME=$area # kubectl keeps what it discovers there
failed=0
leave() {
  stop_api
  rm -rf -- "$area"
}
trap leave EXIT

# check TITLE COMMAND...
check() {
  local title=$1 output
  shift
  if output=$("$@" 2>&1); then
    echo "ok    $title"
  else
    failed=$((failed + 1))
    echo "FAIL  $title: $output"
  fi
}
# denied COMMAND...: the API server refuses it with 403, and not for another reason.
denied() {
  local output
  if output=$("$@" 2>&1); then echo "it was allowed: $output"; return 1; fi
  [[ $output == *Forbidden* || $output == *"is forbidden"* ]] || { echo "$output"; return 1; }
}
as() { local who=$1; shift; kubectl --kubeconfig "$area/$who.conf" "$@"; }
manifest() { as "$1" "$2" -f - <<<"$3"; }

# The definitions of a task, as the generator wrote them.
definitions() { # FILE TASK
  python3 - "$root/galaxy/ansible_collections/osa_ops/mcapi_vexxhost/$1" "$2" <<'PY'
import json, sys, yaml
def tasks(node):
    for item in node if isinstance(node, list) else []:
        yield item
        for key in ("tasks", "block"):
            yield from tasks(item.get(key))
[task] = [t for t in tasks(yaml.safe_load(open(sys.argv[1]))) if t.get("name") == sys.argv[2]]
print(json.dumps({"apiVersion": "v1", "kind": "List", "items": task["kubernetes.core.k8s"]["resource_definition"]}))
PY
}
definition_of_type() { # KIND PLURAL.GROUP
  cat <<JSON
{"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "metadata": {"name": "$2"},
 "spec": {"group": "${2#*.}", "scope": "Namespaced", "names": {"plural": "${2%%.*}", "kind": "$1"},
  "versions": [{"name": "v1beta1", "served": true, "storage": true}]}}
JSON
}

start_api "$area" 127.83.1.1
while read -r kind name; do
  definition_of_type "$kind" "$name" | as admin create -f - >/dev/null
done <<'TYPES'
Cluster clusters.cluster.x-k8s.io
ClusterClass clusterclasses.cluster.x-k8s.io
MachineDeployment machinedeployments.cluster.x-k8s.io
MachinePool machinepools.cluster.x-k8s.io
MachineSet machinesets.cluster.x-k8s.io
Machine machines.cluster.x-k8s.io
KubeadmControlPlane kubeadmcontrolplanes.controlplane.cluster.x-k8s.io
KubeadmControlPlaneTemplate kubeadmcontrolplanetemplates.controlplane.cluster.x-k8s.io
KubeadmConfigTemplate kubeadmconfigtemplates.bootstrap.cluster.x-k8s.io
OpenStackCluster openstackclusters.infrastructure.cluster.x-k8s.io
OpenStackMachine openstackmachines.infrastructure.cluster.x-k8s.io
OpenStackClusterTemplate openstackclustertemplates.infrastructure.cluster.x-k8s.io
OpenStackMachineTemplate openstackmachinetemplates.infrastructure.cluster.x-k8s.io
ClusterResourceSet clusterresourcesets.addons.cluster.x-k8s.io
TYPES
as admin create -f - >/dev/null <<<'{apiVersion: v1, kind: Namespace, metadata: {name: kube-system}}'
play=playbooks/mcapi_magnum_integration.yml
role=roles/proxy/tasks/main.yml
definitions $play "Create the namespaces of Magnum's rights" | as admin apply -f - >/dev/null
definitions $play "Create the account of Magnum and its rights" | as admin apply -f - >/dev/null
definitions $role "Create the account of the proxy and its rights" | as admin apply -f - >/dev/null
definitions $play "Give Magnum the rights to install autoscalers, or take them away" >"$area/autoscaling.json"

# token CONSUMER SECONDS: the answer to a TokenRequest.
token() {
  as admin create --raw "/api/v1/namespaces/mcapi-vexxhost/serviceaccounts/$1/token" -f - \
    <<<"{\"apiVersion\": \"authentication.k8s.io/v1\", \"kind\": \"TokenRequest\", \"spec\": {\"expirationSeconds\": $2}}"
}
field() { python3 -c 'import json, sys
value = json.load(sys.stdin)
for key in sys.argv[1:]: value = value[key]
print(value)' "$@"; }

for consumer in magnum proxy; do
  token=$(token $consumer 86400 | field status token)
  cp "$area/admin.conf" "$area/$consumer.conf"
  sed -i "/client-certificate-data/d; s|client-key-data: .*|token: $token|" "$area/$consumer.conf"
  check "$consumer has the rights in the list, and no others" \
    "$root/lab/scenario/ask_rights.sh" "$area/$consumer.conf" $consumer <"$root/lab/scenario/rights.txt"
done
check "the list tells one from the other" bash -c \
  "! '$root/lab/scenario/ask_rights.sh' '$area/proxy.conf' magnum <'$root/lab/scenario/rights.txt'"

secret='{apiVersion: v1, kind: Secret, metadata: {name: a-kubeconfig, namespace: magnum-system}}'
cluster='{apiVersion: cluster.x-k8s.io/v1beta1, kind: Cluster, metadata: {name: kube-abcde, namespace: magnum-system}}'
lease='{apiVersion: coordination.k8s.io/v1, kind: Lease, metadata: {name: cluster-1, namespace: magnum-system}}'
service='{apiVersion: v1, kind: Service, metadata: {name: kube-abcde, namespace: magnum-system}}'
check "Magnum makes a Secret" manifest magnum create "$secret"
check "Magnum makes a Cluster" manifest magnum create "$cluster"
check "Magnum changes it by server-side apply" \
  as magnum apply --server-side --force-conflicts -f - <<<"$cluster"
check "Magnum makes a Lease" manifest magnum create "$lease"
check "Magnum reads its namespace" as magnum get namespace magnum-system
check "Magnum replaces its namespace" \
  manifest magnum replace '{apiVersion: v1, kind: Namespace, metadata: {name: magnum-system}}'
check "Magnum deletes the Cluster" as magnum --namespace magnum-system delete clusters.cluster.x-k8s.io kube-abcde --wait=false
check "Magnum makes no Service" denied manifest magnum create "$service"
check "Magnum makes no ServiceAccount" denied manifest magnum create \
  '{apiVersion: v1, kind: ServiceAccount, metadata: {name: a, namespace: magnum-system}}'
check "Magnum creates nothing by server-side apply that it may only patch" denied \
  as magnum apply --server-side --force-conflicts -f - \
  <<<'{apiVersion: cluster.x-k8s.io/v1beta1, kind: Machine, metadata: {name: m, namespace: magnum-system}}'
check "Magnum reaches no kubelet" denied as magnum get --raw /api/v1/nodes/k8s1/proxy/pods
check "Magnum reads no Secret of the control plane" denied as magnum --namespace kube-system get secrets
check "Magnum deletes no other namespace" denied as magnum delete namespace kube-system
check "Magnum issues no token" denied as magnum create --raw \
  /api/v1/namespaces/mcapi-vexxhost/serviceaccounts/proxy/token -f - <<<'{"spec": {}}'
check "Magnum makes itself no administrator" denied manifest magnum create \
  '{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding, metadata: {name: a}, roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}, subjects: [{kind: ServiceAccount, name: magnum, namespace: mcapi-vexxhost}]}'
check "the proxy makes a Service" manifest proxy create "$service"
check "the proxy reads a kubeconfig" as proxy --namespace magnum-system get secret a-kubeconfig
check "the proxy changes a kubeconfig" \
  as proxy --namespace magnum-system patch secret a-kubeconfig --type merge --patch '{"data": {"value": "eA=="}}'
check "the proxy lists OpenStackClusters" as proxy --namespace magnum-system get openstackclusters.infrastructure.cluster.x-k8s.io
check "the proxy lists no Secrets" denied as proxy --namespace magnum-system get secrets
check "the proxy makes no Cluster" denied manifest proxy create "$cluster"

# What Helm does for an autoscaler: a ClusterRole that Magnum may grant, once it holds it.
python3 - "$area" <<'PY'
import json, sys
area = sys.argv[1]
role = [i for i in json.load(open(f"{area}/autoscaling.json"))["items"] if i["kind"] == "ClusterRole"][0]
role["rules"] = [r for r in role["rules"] if r["apiGroups"] != ["rbac.authorization.k8s.io"]]
role["metadata"] = {"name": "kube-abcde-autoscaler"}
json.dump(role, open(f"{area}/role.json", "w"))
role["metadata"] = {"name": "kube-abcde-more"}
role["rules"].append({"apiGroups": [""], "resources": ["secrets"], "verbs": ["get"]})
json.dump(role, open(f"{area}/more.json", "w"))
PY
check "Magnum makes no ClusterRole" denied as magnum create -f "$area/role.json"
as admin apply -f "$area/autoscaling.json" >/dev/null
check "Magnum makes the autoscaler's ClusterRole when the operator allows it" as magnum create -f "$area/role.json"
check "but none with more rights than it has" denied as magnum create -f "$area/more.json"
check "and raises none either" denied as magnum patch clusterrole kube-abcde-autoscaler --type merge \
  --patch '{"rules": [{"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]}]}'
as admin create -f - >/dev/null <<<'{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: cluster-admin}, rules: [{apiGroups: ["*"], resources: ["*"], verbs: ["*"]}]}'
check "and binds itself to no administrator's" denied manifest magnum create \
  '{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding, metadata: {name: a}, roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}, subjects: [{kind: ServiceAccount, name: magnum, namespace: mcapi-vexxhost}]}'

# What bears the label; the API server is asked for each type by itself.
labelled() {
  local type
  for type in namespaces serviceaccounts roles rolebindings clusterroles clusterrolebindings; do
    as admin get "$type" --all-namespaces -l app.kubernetes.io/managed-by=osa_ops.mcapi_vexxhost -o name
  done
}
own=mcapi-vexxhost
rbac() { for kind in role rolebinding; do printf '%s.rbac.authorization.k8s.io/%s\n' "$1$kind" "${@:2}"; done; }
check "all that the collection makes bears its label, and the driver's namespace does not" \
  test "$(labelled | sort)" = "$(sort <<LIST
namespace/$own
serviceaccount/magnum
serviceaccount/proxy
$(rbac "" $own-magnum)
$(rbac "" $own-magnum-autoscaling)
$(rbac "" $own-proxy)
$(rbac cluster $own-magnum-autoscaling)
LIST
)"

seconds() { token magnum "$1" | field spec expirationSeconds; }
check "a token is good for as long as asked" test "$(seconds 86400)" = 86400
check "it may not be good for less than ten minutes" bash -c "! { $(declare -f token as); area=$area; token magnum 60; }"
as admin --namespace mcapi-vexxhost delete serviceaccount magnum >/dev/null
check "a token ends with its account" bash -c "kubectl --kubeconfig $area/magnum.conf get namespace magnum-system 2>&1 | grep -q Unauthorized"
stop_api
sed -i 's/"longest_token": 0/"longest_token": 3600/' "$area/stand-in.json"
serve_api "$area"
as admin --namespace mcapi-vexxhost create -f - >/dev/null <<<'{apiVersion: v1, kind: ServiceAccount, metadata: {name: magnum}}'
check "the API server may shorten it" test "$(seconds 86400)" = 3600

definitions $role "Delete the account of the proxy and its rights" | as admin delete -f - >/dev/null
definitions $play "Delete the account of Magnum and its rights" | as admin delete -f - >/dev/null
check "switched back, nothing is left but a namespace" test "$(labelled)" = "namespace/$own"

[ "$failed" = 0 ]
