# shellcheck shell=bash
# shellcheck disable=SC2154  # variables of run.sh
# No key and no password where it does not belong.
say "Secrets"

# Lines of the keys: as they stand in the kubeconfigs, and as PEM.
secrets=$lab_dir/secrets
key_lines() { # HOST KUBECONFIG
  local base64
  base64=$(on "$1" "sed -n 's/^ *client-key-data: *//p' $2")
  printf '%s\n' "$base64"
  base64 -d <<<"$base64" | grep -v -- -----
}
umask 077
key_lines k8s1 /etc/kubernetes/admin.conf >"$secrets"
check "the administrator's key is known to this check" test "$(wc -l <"$secrets")" -ge 3
key_lines utility1 /root/kubeconfig-functional-test-cluster/config >>"$secrets"
check "so is the workload cluster's" test "$(wc -l <"$secrets")" -ge 6
umask 022

for run in k8s_install-1 install_and_test conformance; do
  check "no log of $run at -vvv has a key" absent \
    -F -f "$secrets" "$lab_logs/$run.log" "$lab_logs/$run.log.ansible"
done
check "the ledger of the stand-ins has no key" absent -F -f "$secrets" "$LAB_LEDGER"
rm -f "$secrets"

# Files with a key or a kubeconfig's credentials that others may read.
readable="find / -xdev \( -path /proc -o -path /sys -o -path /usr/share -o -path /opt/openstack-utility -o -path '*/site-packages' -o -path '*/dist-packages' \) -prune \
  -o -type f -perm /o=r -size -2048k -print0 | xargs -0 -r grep -IlsE 'BEGIN ([A-Z]+ )?PRIVATE KEY|client-key-data: *[A-Za-z0-9+/]{40}'"
for host in infra1 k8s1 k8s2 k8s3 magnum1 utility1 repo1 compute1; do
  check "no key on $host is readable by others" equals "" on $host "$readable; true"
done
