# shellcheck shell=bash
# shellcheck disable=SC2154  # variables of run.sh
# The functional test against real Keystone and Magnum, its failure path, and what it leaves; then what an
# operator declares of images, cluster templates and clusters.

say "OpenStack for the functional test: Keystone and Magnum"
export OPENSTACK_NETNS=$lab_core OPENSTACK_ADDRESS=198.18.236.1
openstack_started=$SECONDS
"$lab/openstack/up.sh" --fresh >"$lab_logs/openstack.log" 2>&1 ||
  { tail -n 15 "$lab_logs/openstack.log"; echo "More:  less $lab_logs/openstack.log"; exit 1; }
echo "    up in $((SECONDS - openstack_started)) s"
on utility1 "install -d -m 700 /root/.config/openstack && cat >/root/.config/openstack/clouds.yaml &&
  chmod 600 /root/.config/openstack/clouds.yaml" <"$lab_dir/openstack/clouds.yaml"

openstack="OS_CLOUD=default /opt/openstack-utility/bin/openstack"
names_left() {
  on utility1 "for kind in network flavor keypair image 'coe cluster template' 'coe cluster'; do
    $openstack \$kind list -f json; done" |
    python3 -c 'import json, sys
text = sys.stdin.read()
decoder, names = json.JSONDecoder(), []
while text.strip():
    rows, end = decoder.raw_decode(text.lstrip())
    text = text.lstrip()[end:]
    names += [row.get("Name") or row.get("name") for row in rows]
print(" ".join(sorted(filter(None, names))))'
}
workload=(-e "functional_test_image_url_base=http://$OPENSTACK_ADDRESS:15002/images")
# What an operator declares is not the test's, in a user_*.yml neither: whoever took it would fail.
workload+=(-e '{mcapi_magnum_images: [{name: not-of-the-test, os_distro: ubuntu, path: /nowhere}],
  mcapi_magnum_cluster_templates: [{name: not-of-the-test, image: none}],
  mcapi_magnum_clusters: [{name: not-of-the-test, cluster_template: none}], mcapi_magnum_cloud: none}')
# Nothing answers at the API of a workload cluster in the lab; conformance.sh tests Sonobuoy.
workload+=(-e sonobuoy_run=false)

before=$(names_left)
# With the installation before it, but for what run.sh has run often enough.
must install_and_test install_and_test -vvv --skip-tags k8s,cluster-api "${workload[@]}"
check "the functional test left nothing behind" equals "$before" names_left
check "it fetched the workload cluster's kubeconfig, private" equals 600 \
  on utility1 "stat -c %a /root/kubeconfig-functional-test-cluster/config"

check "a cluster that fails fails the test" fails play functional_test-failing functional_test \
  "${workload[@]}" -e functional_test_cluster_name=fail-cluster
check "with Magnum's reason" says functional_test-failing 'cluster fail-cluster [0-9a-f-]+ is CREATE_FAILED; default-master \(1\) CREATE_FAILED'
check "and where to look" says functional_test-failing 'The state of Cluster API is in /var/log/clusterapi on infra1-k8s-'
check "and the state of Cluster API kept on the first k8s host" \
  on k8s1 "test -s /var/log/clusterapi/clusterctl-dump.txt -a -s /var/log/clusterapi/magnum-system-dump.txt"
check "and nothing left behind either" equals "$before" names_left

# shellcheck source=looks/workload_clusters.sh
. "$lab/scenario/looks/workload_clusters.sh"
"$lab/openstack/down.sh" >>"$lab_logs/openstack.log" 2>&1
