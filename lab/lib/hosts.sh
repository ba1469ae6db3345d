# shellcheck shell=bash
# shellcheck disable=SC2154  # variables of the script that sources this file
# The hosts: privileged containers with an overlay layer of their own. Sourced by up.sh.

lab_lxc=$lab_dir/lxc
container() { echo "$lab_prefix-$1"; }

# hosts_read: the inventory's hosts into the array "hosts", each "name short bridge=addresses...".
hosts_read() {
  mapfile -t hosts < <(/usr/bin/python3 "$here/lib/hosts.py" "$here/inventory/hosts.yml")
  [ "${#hosts[@]}" -gt 0 ] || die "no hosts in $here/inventory/hosts.yml"
}

# management HOST-LINE: its address on the management network.
management() { sed -E 's|.* br-mgmt=([0-9.]+)/.*|\1|' <<<"$1"; }

# host_layer NAME: the files that are the host's own, once; etc/hostname comes last and marks it done.
host_layer() {
  local name=$1 layer
  layer=$lab_lxc/$(container "$name")/upper
  [ ! -e "$layer/etc/hostname" ] || return 0
  mkdir -p "$layer/etc/ssh" "$layer/etc/systemd/system/multi-user.target.wants"
  install -d -m 700 "$layer/root" "$layer/root/.ssh"
  chmod 755 "$layer"
  install -m 600 "$lab_dir/keys/id_ed25519.pub" "$layer/root/.ssh/authorized_keys"
  ssh-keygen -q -t ed25519 -N '' -C "root@$name" -f "$layer/etc/ssh/ssh_host_ed25519_key"
  tr -d - </proc/sys/kernel/random/uuid >"$layer/etc/machine-id"
  cp "$lab_dir/hosts" "$layer/etc/hosts"
  [ "$name" != infra1 ] || ln -s /lib/systemd/system/haproxy.service \
    "$layer/etc/systemd/system/multi-user.target.wants/haproxy.service"
  echo "$name" >"$layer/etc/hostname"
}

# host_config NAME: the LXC configuration. Hosts see a pure cgroup2 tree, as Debian 12 has it, and
# the k8s hosts a writable /proc and /sys, which lxc_container_mount_auto asks for.
host_config() {
  local name=$1 ct access=mixed
  ct=$(container "$name")
  [[ $name != *-k8s-* ]] || access=rw
  cat >"$lab_lxc/$ct/config" <<CONFIG
lxc.include = /usr/share/lxc/config/common.conf
lxc.uts.name = $name
lxc.rootfs.path = overlay:$base:$lab_lxc/$ct/upper
lxc.net.0.type = none
lxc.namespace.share.net = /run/netns/$ct
lxc.tty.max = 0
lxc.pty.max = 64
lxc.signal.halt = SIGRTMIN+3
lxc.signal.reboot = SIGTERM
lxc.apparmor.profile = unconfined
lxc.mount.auto =
lxc.mount.auto = proc:$access sys:$access
lxc.mount.entry = cgroup2 sys/fs/cgroup cgroup2 rw,nosuid,nodev,noexec,relatime 0 0
CONFIG
}

# host_start NAME: start it unless it runs. The lock is not for the container to hold.
host_start() {
  local ct
  ct=$(container "$1")
  [ "$(lxc-info -P "$lab_lxc" -n "$ct" -sH 2>/dev/null)" != RUNNING ] || return 0
  lxc-start -P "$lab_lxc" -n "$ct" -d -o "$lab_logs/$1.lxc.log" -l WARN \
    -L "$lab_logs/$1.console.log" 9>&- ||
    die "$1 does not start. To see more:  less $lab_logs/$1.lxc.log"
  started=$((started + 1))
}

# hosts_wait: until systemd has started everything in every host, all at once.
hosts_wait() {
  local line name bad=0 pid
  local -a waiting=()
  for line in "${hosts[@]}"; do
    host_wait "${line%% *}" 9>&- &
    waiting+=($!)
  done
  for pid in "${waiting[@]}"; do wait "$pid" || bad=1; done
  [ "$bad" = 0 ] || exit 1
}

host_wait() {
  local name=$1 state=unreachable deadline=$((SECONDS + 60))
  while ((SECONDS < deadline)); do
    state=$("$here/ssh" "$name" systemctl is-system-running --wait 2>/dev/null) || true
    case $state in
      running) return 0 ;;
      degraded) break ;;
    esac
    sleep 0.2
  done
  echo "$title: $name is '${state:-unreachable}', not running. To see more:  $here/ssh $name systemctl --failed;  less $lab_logs/$name.console.log" >&2
  return 1
}
