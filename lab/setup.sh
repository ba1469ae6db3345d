#!/bin/bash
# Install what a verb needs and the machine lacks: setup.sh generate|build|lab|test
#   generate  libraries to build mcapi
#   build     that, and Ansible of the default series, which makes the tarball
#   lab       that, and what hosts and playbooks need, for the series in SERIES (2025.2)
#   test      that of build, the cross tools for aarch64, Ansible of every series, Keystone and
#             Magnum, the linters
# Debian packages come by apt, Python ones by pip into .tools. With all there it takes a second.
set -euo pipefail
export LC_ALL=C
here=$(dirname "$(readlink -f "$0")")
title=setup
# shellcheck source=lab.conf.sh
. "$here/lab.conf.sh"
# shellcheck source=lib/common.sh
. "$here/lib/common.sh"
# shellcheck source=lib/series.sh
. "$here/lib/series.sh"
logs=$lab_tools/log

check_swift() {
  local answer version
  command -v swift >/dev/null || die "swift is not installed. Debian has no package of it: take the toolchain
6.3 or newer for Debian 12 from https://www.swift.org/install/linux/ and put its usr/bin on PATH."
  packages "$here/requirements/apt-swift.txt"
  answer=$(swift --version 2>&1) || die "swift does not run: $answer"
  version=$(sed -nE 's/.*Swift version ([0-9]+\.[0-9]+).*/\1/p' <<<"$answer")
  [ "$(printf '6.3\n%s\n' "${version:-0}" | sort -V | head -n 1)" = 6.3 ] ||
    die "swift is version ${version:-unknown}, 6.3 or newer is needed: https://www.swift.org/install/linux/"
}

check_python() {
  # The oldest ansible-core (2.15) ends at Python 3.11, the newest (2.19) begins there.
  /usr/bin/python3 -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null ||
    die "/usr/bin/python3 is not Python 3.11, which Debian 12 has and the pinned ansible-core versions need"
}

# packages_missing FILE...: those of the lists that are not installed, one a line.
packages_missing() {
  local package word unless native
  native=$(dpkg --print-architecture)
  while read -r package word unless; do
    [ "$word" = unless ] && command -v "$unless" >/dev/null && continue
    # A name without architecture matches every architecture it is installed for.
    dpkg-query -W -f '${Architecture} ${db:Status-Status}\n' "$package" 2>/dev/null |
      grep -qE "^($native|all|${package#*:}) installed" || echo "$package"
  done < <(sed 's/#.*//; /^ *$/d' "$@" | sort -u)
}

packages() { # FILE...
  local -a missing bad=()
  local package apt=(apt-get -q -o DPkg::Lock::Timeout=300)
  mapfile -t missing < <(packages_missing "$@")
  [ "${#missing[@]}" -gt 0 ] || return 0
  [ "$(id -u)" = 0 ] || die "these Debian packages are missing and only root can install them: ${missing[*]}
Remedy: run this as root, or  sudo apt-get install ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  if [[ " ${missing[*]} " == *:arm64\ * ]] && ! dpkg --print-foreign-architectures | grep -qx arm64; then
    dpkg --add-architecture arm64
  fi
  # Installing lxc would start its own bridge, lxcbr0. The lab has its own and the machine needs none.
  if [[ " ${missing[*]} " == *" lxc "* ]] && [ -d /run/systemd/system ]; then
    ln -sf /dev/null /etc/systemd/system/lxc-net.service
    say "lxc-net.service masked: the lab needs no bridge of LXC's"
  fi
  # Installing haproxy would start it with Debian's own configuration. The tests start their own.
  if [[ " ${missing[*]} " == *" haproxy "* ]] && [ -d /run/systemd/system ]; then
    ln -sf /dev/null /etc/systemd/system/haproxy.service
    say "haproxy.service masked: the tests start their own HAProxy"
  fi
  step "package lists" "$logs/apt-update.log" "${apt[@]}" update
  if ! "${apt[@]}" install --simulate --no-install-recommends "${missing[@]}" &>/dev/null; then
    for package in "${missing[@]}"; do
      "${apt[@]}" install --simulate --no-install-recommends "$package" &>/dev/null || bad+=("$package")
    done
  fi
  [ "${#bad[@]}" = 0 ] || die "apt cannot install: ${bad[*]}. To see more:  apt-get install --simulate ${bad[*]}"
  step "Debian packages: ${missing[*]}" "$logs/apt-install.log" \
    "${apt[@]}" install --yes --no-install-recommends "${missing[@]}"
}

requirements() { sed 's/ *#.*//; /^ *$/d' "$here/requirements/$1"; }

# complete FOLDER WANTED...: whether an earlier run made it from the same list.
complete() {
  local folder=$1
  shift
  cmp -s "$folder/.complete" <(printf '%s\n' "$@")
}

environment() { # NAME REQUIREMENT...
  local name=$1 folder=$lab_tools/$1
  shift
  complete "$folder" "$(readlink -f "$folder")" "$@" ||
    step "$name" "$logs/$name.log" "$here/lib/venv.sh" "$folder" "$@"
}

ansible() { # VERSION
  local -a wanted
  mapfile -t wanted < <(echo "ansible-core==$1"; requirements pip-ansible.txt)
  environment "ansible-$1" "${wanted[@]}"
}

# Each minor version by its short name, for those who want no particular pin of it.
ansible_links() {
  local core
  for core in $(series_newest_cores); do
    [ -d "$lab_tools/ansible-$core" ] || continue
    ln -sfnT "ansible-$core" "$lab_tools/ansible-${core%.*}"
  done
}

collections() {
  local folder=$lab_tools/collections
  local -a wanted environments=("$lab_tools"/ansible-*/bin/pip)
  mapfile -t wanted < <(requirements collections.txt)
  complete "$folder" "${wanted[@]}" || step "Ansible collections" "$logs/collections.log" \
    "$here/lib/collections.sh" "$folder" "${environments[0]}" "${wanted[@]}"
}

openstack() {
  # shellcheck source=openstack/settings.sh
  . "$here/openstack/settings.sh"
  openstack_is_installed ||
    step "Keystone and Magnum $OPENSTACK_MAGNUM" "$logs/openstack.log" "$here/openstack/install.sh"
}

setup_generate() { packages "$here/requirements/apt-generate.txt"; }

setup_build() {
  packages "$here"/requirements/apt-{generate,build}.txt
  check_python
  series_read "$lab_default_series"
  ansible "$ansible_core"
  ansible_links
}

setup_lab() {
  packages "$here"/requirements/apt-{generate,build,lab}.txt
  setup_build
  series_read "${SERIES:-$lab_default_series}"
  ansible "$ansible_core"
  collections
}

setup_test() {
  local core
  packages "$here"/requirements/apt-{generate,build,test}.txt
  check_python
  for core in $(series_newest_cores); do ansible "$core"; done
  ansible_links
  collections
  openstack
  local -a lint
  mapfile -t lint < <(requirements pip-lint.txt)
  environment lint "${lint[@]}"
}

verb=${1:-}
case $verb in
  generate | build | lab | test) ;;
  *) sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
[ -w "$lab_root" ] || die "cannot write to $lab_root. Remedy: run it as root, or as the owner of the checkout"
mkdir -p "$lab_tools"
exec 9>"$lab_tools/.lock"
flock -n 9 || { say "waiting for another setup.sh of this checkout"; flock 9; }
check_swift
"setup_$verb"
say "all there for $verb"
