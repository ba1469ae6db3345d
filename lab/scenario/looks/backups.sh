# shellcheck shell=bash
# shellcheck disable=SC2154  # variables of run.sh
# Backups of the state of Cluster API: the timer, and the scripts with the clusterctl stand-in.
say "Backups of Cluster API"

# The last k8s host makes them.
backup_host=k8s3
folder=/var/backup/cluster-api-backup
archive=$folder/cluster-api-objects.tar.gz
kube="kubectl --kubeconfig /etc/kubernetes/admin.conf --namespace magnum-system"
export_now="CLUSTER_API_EXPORT_ATTEMPTS=2 CLUSTER_API_EXPORT_DELAY=0 $folder/export-cluster-api-state.sh"
# What export leaves in temporary folders; nothing, however it ends.
leftovers="find /tmp $folder -name '*cluster-api*' ! -path $folder ! -path '$folder/*-cluster-api-state.sh' ! -path '$archive*'"

check "the timer waits" on $backup_host "systemctl is-active cluster-api-backup.timer"
check "both scripts are there for root to run" equals "root 755
root 755" on $backup_host "stat -c '%U %a' $folder/*.sh"
check "the other hosts have no timer" equals not-found \
  on k8s1 "systemctl show -P LoadState cluster-api-backup.timer"
check "systemd gives an export time for all its tries" equals 2h \
  on $backup_host "systemctl show -P TimeoutStartUSec cluster-api-backup.service"

# A workload cluster's credentials, as the driver keeps them.
on $backup_host "kubectl --kubeconfig /etc/kubernetes/admin.conf create namespace magnum-system; $kube create secret generic lab-cloud-config --from-literal=cacert=lab-ca \
  --from-literal=clouds.yaml=lab-clouds --dry-run=client -o yaml | $kube create -f - &&
  printf '%s\n' 'apiVersion: cluster.x-k8s.io/v1beta1' 'kind: Cluster' \
    'metadata: {name: lab, namespace: magnum-system}' 'spec: {paused: false}' | $kube create --validate=false -f -" \
  >"$lab_logs/backups.log" 2>&1 || true

check "the unit makes a backup" on $backup_host "systemctl start cluster-api-backup.service"
check "the archive is for root and the group alone" equals "root backups 640" \
  on $backup_host "stat -c '%U %G %a' $archive"
check "it holds the cluster's credentials" \
  on $backup_host "tar -tzf $archive | grep -q 'cluster-api-backup/clouds-yaml-lab.txt'"
check "nothing is left beside it" equals "" on $backup_host "$leftovers"

before=$(on $backup_host "sha256sum <$archive" || true)
on $backup_host "mkdir -p /var/lib/clusterctl-stand-in && echo 99 >/var/lib/clusterctl-stand-in/fail"
check "an export that fails says so" fails on $backup_host "$export_now"
check "and leaves the last good archive" equals "$before" on $backup_host "sha256sum <$archive"
check "and no secret behind" equals "" on $backup_host "$leftovers"
on $backup_host "echo 1 >/var/lib/clusterctl-stand-in/fail"
check "an export that fails once is tried again" on $backup_host "$export_now"
on $backup_host "rm -f /var/lib/clusterctl-stand-in/fail"

on $backup_host "$kube delete secret lab-cloud-config" >>"$lab_logs/backups.log" 2>&1 || true
check "the import brings the credentials back" on $backup_host "cd / && $folder/import-cluster-api-state.sh"
check "as they were" equals lab-clouds \
  on $backup_host "$kube get secret lab-cloud-config -o 'jsonpath={.data.clouds\\.yaml}' | base64 -d"
check "a second import is no error" on $backup_host "cd / && $folder/import-cluster-api-state.sh"
on $backup_host "echo nonsense >/tmp/lab-no-archive"
check "an import of something else is refused" fails \
  on $backup_host "$folder/import-cluster-api-state.sh /tmp/lab-no-archive"
on $backup_host "rm /tmp/lab-no-archive"
