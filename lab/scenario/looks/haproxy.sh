# shellcheck shell=bash
# HAProxy in front of the control plane.
say "HAProxy"

# runtime COMMAND: what HAProxy says to it on its socket.
runtime() {
  on infra1 "python3 -c \"
import socket
s = socket.socket(socket.AF_UNIX)
s.connect('/var/run/haproxy.stat')
s.sendall(b'$1\n')
print(s.makefile().read())\""
}
servers_up() { runtime "show stat" | awk -F, '$1 == "k8s-back" && $2 != "BACKEND" && $18 == "UP"' | wc -l; }

check "three servers are up" equals 3 servers_up
check "the configuration passes haproxy -c" on infra1 "haproxy -c -f /etc/haproxy/haproxy.cfg"
check "and haproxy -c has nothing to warn of" equals 0 \
  on infra1 "haproxy -c -f /etc/haproxy/haproxy.cfg 2>&1 | grep -ci warning || true"
check "the service is bound on the internal VIP alone" equals "bind 198.18.236.9:6443" \
  on infra1 "grep -h '^ *bind ' /etc/haproxy/conf.d/k8s | sed 's/^ *//'"
check "an override under the old, prefixed name takes effect" \
  on infra1 "grep -q 'inter 2000 ' /etc/haproxy/conf.d/k8s"
