# shellcheck shell=bash
# shellcheck disable=SC2154  # variables of run.sh and functional_test.sh
# Images, cluster templates and workload clusters as an operator declares them, in group_vars.

say "What workload clusters need: a network, a flavor, a key pair"
on utility1 "$openstack network create --external public && $openstack flavor create --vcpus 2 --ram 4096 --disk 40 m1.medium &&
  $openstack keypair create operator" >>"$lab_logs/openstack.log"

settings=$lab_deploy/group_vars/utility_all/workload_clusters.yml
mkdir -p "$(dirname "$settings")"
# declare CLUSTER-LINES [LABEL-LINES]: what the operator has now.
declare_clusters() {
  cat >"$settings" <<YAML
---
mcapi_magnum_kubernetes_versions:
  - v1.33.6
  - v1.34.2
mcapi_magnum_image_url_base: http://$OPENSTACK_ADDRESS:15002/images/
mcapi_magnum_cluster_template_attributes:
  external_network: public
  flavor: m1.medium
  master_flavor: m1.medium
  master_lb_enabled: true
  network_driver: calico
  dns_nameserver: 8.8.8.8
  public: true
  labels:
    boot_volume_size: 20
${2-}
mcapi_magnum_clusters:
  - name: blue
    keypair: operator
    kubeconfig: /root/blue/config
    wait_interval: 1
$1
YAML
}
# asked KIND...: what a client lists or shows, without what its libraries warn of.
asked() { on utility1 "$openstack $* -f value 2>/dev/null"; }
declare_clusters "    cluster_template: k8s-v1.33.6"

play images-check images --check
check "check mode tells of the images" equals 2 sum changed
check "and uploads none" equals "" asked image list -c Name
must images images
check "two versions are two images" equals $'ubuntu-22.04-v1.33.6\nubuntu-22.04-v1.34.2' asked image list --sort name:asc -c Name
check "with the operating system in it" matches "os_distro.*ubuntu" asked image show ubuntu-22.04-v1.34.2 -c properties
must images-2 images
check "a second run uploads nothing" equals 0 sum changed
checksum=sha256:$(printf 'another disk' | sha256sum | cut -d' ' -f1)
image="{name: wrong, os_distro: ubuntu, url: 'http://$OPENSTACK_ADDRESS:15002/images/wrong.qcow2', checksum: '$checksum'}"
check "a download with another checksum fails" fails play images-wrong images -e "{mcapi_magnum_images: [$image]}"
check "and says so" says images-wrong 'Image wrong was not uploaded: The checksum for [^ ]+ did not match'
check "it leaves no image" absent -q wrong <(asked image list -c Name)
check "and no file" on utility1 "! find /tmp /var/tmp -name '*-image' | grep ."

play templates-check cluster_templates --check --diff
check "check mode tells of the templates" says templates-check 'changed: .*item=k8s-v1.34.2'
check "and makes none" equals "" asked coe cluster template list -c name
must templates cluster_templates
must templates-2 cluster_templates
check "a second run changes no template" equals 0 sum changed
declare_clusters "    cluster_template: k8s-v1.33.6" "    audit_log_enabled: true"
must templates-changed cluster_templates --diff
check "a label more is a change of the templates there are" \
  matches "audit_log_enabled.*true.*kube_tag.*v1.34.2" asked coe cluster template show k8s-v1.34.2 -c labels
check "and the diff shows it" says templates-changed 'audit_log_enabled'
declare_clusters "    cluster_template: k8s-v1.33.6" "    audit_log_maxage: 7"
check "a label that the driver does not read fails" fails play templates-wrong cluster_templates
check "with the right name" says templates-wrong 'did you mean audit_log_max_age'

declare_clusters "    cluster_template: k8s-v1.33.6" "    audit_log_enabled: true"
must cluster-check workload_cluster --check --diff
check "check mode tells of the cluster and its kubeconfig" equals 2 sum changed
check "check mode makes no cluster" equals "" asked coe cluster list -c name
must cluster workload_cluster
check "the cluster is there" equals CREATE_COMPLETE asked coe cluster show blue -c status
check "its kubeconfig too, private" equals "600 700" on utility1 "stat -c %a /root/blue/config /root/blue | xargs"
kubeconfig=$(on utility1 "sha256sum /root/blue/config")
must cluster-2 workload_cluster
check "a second run changes nothing" equals 0 sum changed
check "and leaves the kubeconfig" equals "$kubeconfig" on utility1 "sha256sum /root/blue/config"
declare_clusters "    cluster_template: k8s-v1.34.2
    node_count: 3"
check "another template without upgrade fails" fails play cluster-refused workload_cluster
check "and says what is missing" says cluster-refused 'set upgrade to take the cluster to it'
declare_clusters "    cluster_template: k8s-v1.34.2
    node_count: 3
    upgrade: true"
must cluster-upgraded workload_cluster
check "the cluster was resized" equals 3 asked coe cluster show blue -c node_count
wanted=$(asked coe cluster template show k8s-v1.34.2 -c uuid)
check "and upgraded" equals "$wanted" asked coe cluster show blue -c cluster_template_id
must cluster-3 workload_cluster
check "a second run changes nothing then either" equals 0 sum changed

declare_clusters "    state: absent"
must cluster-removed workload_cluster
check "the cluster is gone" equals "" asked coe cluster list -c name
check "and its kubeconfig" on utility1 "! test -e /root/blue/config"
rm -r "$(dirname "$settings")"
must templates-none cluster_templates
check "a list that nobody has set is told" says templates-none 'Nothing to do: no cluster template is declared in'
check "one template that cannot be made fails" fails play templates-half cluster_templates \
  -e '{mcapi_magnum_cluster_templates: [{name: k8s-v1.33.6, state: absent}, {name: k8s-v1.34.2, image: none}]}'
check "and what was done to the other is told" says templates-half 'cluster template k8s-v1.33.6 [^ ]+ is deleted'
must templates-removed cluster_templates \
  -e '{mcapi_magnum_cluster_templates: [{name: k8s-v1.33.6, state: absent}, {name: k8s-v1.34.2, state: absent}]}'
must images-removed images \
  -e '{mcapi_magnum_images: [{name: ubuntu-22.04-v1.33.6, state: absent}, {name: ubuntu-22.04-v1.34.2, state: absent}]}'
on utility1 "$openstack network delete public && $openstack flavor delete m1.medium && $openstack keypair delete operator"
check "and nothing is left" equals "$before" names_left
