# shellcheck shell=bash
# shellcheck disable=SC2154  # variables of run.sh
# No key and no password where it does not belong.
say "Secrets"

# Lines of the administrator's key: as it stands in the kubeconfig, and as PEM.
secrets=$lab_dir/secrets
umask 077
on k8s1 "sed -n 's/^ *client-key-data: *//p' /etc/kubernetes/admin.conf" >"$secrets.base64"
{ cat "$secrets.base64"; base64 -d "$secrets.base64" | grep -v -- -----; } >"$secrets"
umask 022

check "the key is known to this check" test "$(wc -l <"$secrets")" -ge 3
check "no log at -vvv has the administrator's key" fails \
  grep -lF -f "$secrets" "$lab_logs"/k8s_install-*.log "$lab_logs"/k8s_install-*.log.ansible
check "the ledger of the stand-ins has no key" fails grep -lF -f "$secrets" "$LAB_LEDGER"
rm -f "$secrets" "$secrets.base64"

# Files with a key or a kubeconfig's credentials that others may read.
readable="find / -xdev \( -path /proc -o -path /sys -o -path /usr/share -o -path /opt/openstack-utility -o -path '*/site-packages' -o -path '*/dist-packages' \) -prune \
  -o -type f -perm /o=r -size -2048k -print0 | xargs -0 -r grep -IlsE 'BEGIN ([A-Z]+ )?PRIVATE KEY|client-key-data: *[A-Za-z0-9+/]{40}'"
for host in infra1 k8s1 k8s2 k8s3 magnum1 utility1 repo1 compute1; do
  check "no key on $host is readable by others" equals "" on $host "$readable; true"
done
