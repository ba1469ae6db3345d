#!/bin/bash
# Stands in for `kubeadm init` and `kubeadm join`: the certificates and the admin.conf of a member.
#
# Copyright the osa_ops.mcapi_vexxhost authors
# SPDX-License-Identifier: Apache-2.0
#
# usage: kubeadm-stand-in.sh ENDPOINT ADDRESS NAME
# A CA that is in place is used (join), else one is made (init).
set -euo pipefail
umask 077

endpoint=$1 address=$2 name=$3
etc=${KUBEADM_ETC:-/etc/kubernetes} # another folder for tests on loopback
pki=$etc/pki
mkdir -p "$pki"

new_key() { openssl ecparam -name prime256v1 -genkey -noout -out "$1"; }

# leaf FILE SUBJECT EXTENSIONS
leaf() {
  new_key "$pki/$1.key"
  openssl req -new -key "$pki/$1.key" -subj "$2" |
    openssl x509 -req -CA "$pki/ca.crt" -CAkey "$pki/ca.key" -set_serial "0x$(openssl rand -hex 16)" \
      -days 365 -extfile <(printf '%s\n' "$3") -out "$pki/$1.crt" 2>/dev/null
}

if [ ! -e "$pki/ca.key" ]; then
  new_key "$pki/ca.key"
  openssl req -x509 -new -key "$pki/ca.key" -subj /CN=kubernetes -days 3650 -out "$pki/ca.crt" \
    -addext "keyUsage=critical,digitalSignature,keyEncipherment,keyCertSign"
fi
chmod 0644 "$pki/ca.crt"

case $endpoint in
  *[!0-9.]*) endpoint_san=DNS:$endpoint ;;
  *) endpoint_san=IP:$endpoint ;;
esac
leaf apiserver /CN=kube-apiserver "extendedKeyUsage=serverAuth
subjectAltName=IP:$address,$endpoint_san,DNS:$name,DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc"
leaf admin /O=system:masters/CN=kubernetes-admin "extendedKeyUsage=clientAuth"

cat >"$etc/.admin.conf" <<CONF
apiVersion: v1
clusters:
- cluster:
    certificate-authority-data: $(base64 -w0 "$pki/ca.crt")
    server: https://$endpoint:6443
  name: kubernetes
contexts:
- context:
    cluster: kubernetes
    user: kubernetes-admin
  name: kubernetes-admin@kubernetes
current-context: kubernetes-admin@kubernetes
kind: Config
preferences: {}
users:
- name: kubernetes-admin
  user:
    client-certificate-data: $(base64 -w0 "$pki/admin.crt")
    client-key-data: $(base64 -w0 "$pki/admin.key")
CONF
mv "$etc/.admin.conf" "$etc/admin.conf" # last: its presence says that all the rest is there
