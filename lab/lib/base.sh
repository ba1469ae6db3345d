#!/bin/bash
# Build the root file system that all hosts share as the lower layer of their overlay.
# Usage: base.sh FOLDER; the folder is complete when it holds .complete.
set -euo pipefail
umask 022
export LC_ALL=C
here=$(dirname "$(dirname "$(readlink -f "$0")")")
# shellcheck source=lab.conf.sh
. "$here/lab.conf.sh"
base=$1
pip=$(printf '%s\n' "$lab_tools"/ansible-*/bin/pip | head -n 1)

# The mirror this machine itself uses, if it is of the same release; else Debian's own.
# shellcheck disable=SC2016  # apt's own placeholders
mirror=$(apt-get indextargets --format '$(REPO_URI) $(CODENAME)' 'Created-By: Packages' |
  awk -v suite="$lab_suite" '$2 == suite { print $1; exit }')
include=$(IFS=,; echo "${lab_packages[*]}")

rm -rf --one-file-system "$base"
mkdir -p "$base"
# A proxy or a certificate that apt needs on this machine, it needs for the base too.
apt_options=()
while read -r option; do apt_options+=(--aptopt="$option"); done < <(
  apt-config dump | grep -E '^Acquire::https?::(Proxy|Ca|Verify)' || true
)
mmdebstrap --mode=root --variant=minbase --include="$include" "${apt_options[@]}" \
  --dpkgopt=force-unsafe-io \
  --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
  --dpkgopt='path-exclude=/usr/share/doc/*' \
  "$lab_suite" "$base" ${mirror:+"$mirror"}
rm -f "$base"/etc/apt/apt.conf.d/99mmdebstrap "$base"/etc/apt/sources.list.d/*
rm -f "$base"/etc/ssh/ssh_host_* "$base"/var/lib/dbus/machine-id
: >"$base/etc/machine-id"
: >"$base/etc/resolv.conf"

# Python packages: fetched with the machine's pip and its settings, installed inside without any.
wheels=$base/var/tmp/wheels
"$pip" download --quiet --dest "$wheels" --only-binary=:all: --python-version 3.11 \
  --requirement "$here/requirements/pip-openstack.txt" \
  --requirement "$here/requirements/pip-kubernetes.txt"
cp "$here"/requirements/pip-*.txt "$wheels"
inside() { chroot "$base" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root "$@"; }
offline=(--quiet --disable-pip-version-check --no-index --find-links /var/tmp/wheels)
inside python3 -m venv /opt/openstack-utility
inside /opt/openstack-utility/bin/pip install "${offline[@]}" \
  --requirement /var/tmp/wheels/pip-openstack.txt
# Where pip as root puts it, which is how the Kubernetes roles install it on Debian 12.
inside /opt/openstack-utility/bin/pip install "${offline[@]}" \
  --target /usr/local/lib/python3.11/dist-packages \
  --requirement /var/tmp/wheels/pip-kubernetes.txt
rm -rf "$wheels"
ln -s /opt/openstack-utility/bin/openstack "$base/usr/local/bin/openstack"

# An apt repository inside, for the packages that plays install: stand-ins without content.
repository=$base/srv/packages
mkdir -p "$repository"
stand_in() {
  local name=$1 tree
  tree=$(mktemp -d)
  mkdir -m 755 "$tree/DEBIAN"
  cat >"$tree/DEBIAN/control" <<CONTROL
Package: $name
Version: 1.0
Architecture: all
Maintainer: the lab <root@localhost>
Description: stand-in for $name, without content
 The lab has no way out to the distribution's repository. This empty package
 lets a task that installs $name really run.
CONTROL
  # --nocheck: the release of some kernels is no proper package name.
  dpkg-deb --nocheck --root-owner-group --build "$tree" "$repository/$name.deb"
  rm -r "$tree"
}
for name in "linux-headers-$(uname -r)" cargo rustc; do stand_in "$name"; done
(
  cd "$repository"
  for deb in *.deb; do
    dpkg-deb --field "$deb"
    printf 'Filename: ./%s\nSize: %s\nSHA256: %s\n\n' \
      "$deb" "$(stat -c %s "$deb")" "$(sha256sum "$deb" | cut -d' ' -f1)"
  done >Packages
)
echo 'deb [trusted=yes] file:/srv/packages ./' >"$base/etc/apt/sources.list"
inside apt-get update

cat >"$base/etc/ssh/sshd_config.d/lab.conf" <<'SSHD'
PermitRootLogin prohibit-password
PasswordAuthentication no
UseDNS no
MaxSessions 64
SSHD
# Only infra1 is a load balancer; its own layer switches HAProxy on.
rm -f "$base/etc/systemd/system/multi-user.target.wants/haproxy.service"
for unit in apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer \
  e2scrub_reap.service console-getty.service getty.target fstrim.timer; do
  ln -sf /dev/null "$base/etc/systemd/system/$unit"
done
touch "$base/.complete"
