# shellcheck shell=bash
# shellcheck disable=SC2154  # variables of the script that sources this file
# What must hold before anything of the lab is made. Sourced; each check dies with the remedy.

check_root() {
  [ "$(id -u)" = 0 ] || die "needs root (network namespaces, containers): run it with sudo"
}

check_networks() {
  local met
  command -v ip >/dev/null || return 0 # a bare machine before setup.sh; checked again after it
  met=$(/usr/bin/python3 "$here/lib/conflicts.py" "$lab_route_protocol" "${lab_networks[@]}") ||
    die "cannot read the addresses and routes of this machine (ip -json address, ip -json route)"
  [ -z "$met" ] || die "nothing was started: the lab's networks (${lab_networks[*]}) meet what this machine has:
$met
The lab keeps away from machines that use these addresses. Run it on another one."
}

check_owner() {
  local owner
  owner=$(lab_owner)
  [ -z "$owner" ] || [ "$owner" = "$lab_root" ] || die "this machine has a lab already, of the checkout $owner.
Remove that one first:  $([ -e "$owner/lab/down.sh" ] && echo "$owner" || echo "$lab_root")/lab/down.sh"
}

check_machine() {
  local missing probe
  missing=$(missing_commands ip lxc-start mmdebstrap nsenter ssh-keygen | paste -sd' ')
  [ -z "$missing" ] || die "not installed: $missing. Remedy:  $here/setup.sh lab"
  [ -e "$lab_tools/collections/.complete" ] || die "tools are missing. Remedy:  $here/setup.sh lab"
  grep -q ' - cgroup2\? ' /proc/self/mountinfo ||
    die "no cgroup hierarchy is mounted: systemd cannot run in the hosts. Remedy: mount one at /sys/fs/cgroup"
  # A checkout that lies on an overlay itself (inside Docker) cannot carry the hosts' layers.
  probe=$lab_dir/overlay-probe
  mkdir -p "$probe"/{lower,upper,work,merged}
  unshare --mount mount -t overlay overlay \
    -o "lowerdir=$probe/lower,upperdir=$probe/upper,workdir=$probe/work" "$probe/merged" 2>/dev/null ||
    die "the kernel mounts no overlay file system over $lab_dir. Remedy: modprobe overlay, or a checkout on ext4 or xfs"
  rm -r "$probe"
}

# The checkout whose lab this machine has; nothing where there is none.
lab_owner() { [ ! -s "$lab_lock" ] || cat "$lab_lock"; }

# lab_claim: hold the lock of this machine's lab while this script runs.
lab_claim() {
  exec 9>>"$lab_lock"
  flock -n 9 || die "another up.sh or down.sh is at work (lock $lab_lock)"
}
