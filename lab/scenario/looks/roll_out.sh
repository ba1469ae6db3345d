# shellcheck shell=bash
# shellcheck disable=SC2154  # variables of run.sh
# A roll-out of another version of Kubernetes, host by host, while a client asks the API all the time.
say "A roll-out under the eyes of a client"

version=$(on k8s1 "jq -r .version /etc/kubernetes/stand-in.json")
next=${version%.*}.$((${version##*.} + 1))
echo "kubernetes_version: $next" >>"$lab_deploy/user_variables_lab.yml"

# servers_in STATE: how many servers have this administrative state in HAProxy: 0 is ready, 8 drained.
servers_in() { runtime "show servers state k8s-back" | awk -v state="$1" 'NF > 6 && $7 == state' | wc -l; }

# What must not begin, and why.
if play roll_out-serial mcapi_control_plane_k8s --tags k8s-install -e k8s_serial=100%; then begun=yes; else begun=no; fi
check "a roll-out of all hosts at a time is refused" equals no echo "$begun"
check "with the reason" matches "k8s_serial is 100%, so that all" cat "$log"
check "before anything is touched" absent "^PLAY \[Install Kubernetes\]" "$log"
if play roll_out-haproxy mcapi_control_plane_k8s --tags k8s-install \
  -e '{"mcapi_haproxy_hosts": ["infra1", "compute1"]}'; then begun=yes; else begun=no; fi
check "one with a HAProxy that does not answer is refused" equals no echo "$begun"
check "with the reason" matches "socket /var/run/haproxy.stat does not exist" cat "$log"
check "and no host is left drained" equals 3 servers_in 0

# A new connection each time, ten a second; ten minutes at most.
on magnum1 "cat >/root/lab-poll" <<'SH'
stop=/root/lab-poll.stop
rm -f $stop
end=$(($(date +%s) + 600))
while [ ! -e $stop ] && [ "$(date +%s)" -lt $end ]; do
  curl -sk --max-time 5 -o /dev/null -w '%{http_code}\n' https://198.18.236.9:6443/version
  sleep 0.1
done
SH
on magnum1 "setsid sh /root/lab-poll >/root/lab-poll.log 2>/dev/null </dev/null &"
must roll_out mcapi_control_plane_k8s --tags k8s-install
on magnum1 "touch /root/lab-poll.stop; sleep 6"

check "every host runs $next" equals "$next $next $next" \
  echo "$(for host in k8s1 k8s2 k8s3; do on $host "jq -r .version /etc/kubernetes/stand-in.json"; done | xargs)"
check "each was drained, and made ready again" equals "3 3" \
  echo "$(for task in "Drain the host" "Make the host ready"; do
    sed -n "/^TASK \[$task on every HAProxy\]/,/^\$/p" "$log" | grep -c '^changed:'; done | xargs)"
check "three servers are ready and up" equals 3 servers_up
check "the client asked more than a hundred times" \
  on magnum1 "[ \$(wc -l </root/lab-poll.log) -gt 100 ]"
check "and was answered each time" equals "" \
  on magnum1 "grep -vnx 200 /root/lab-poll.log || true"
echo "    $(on magnum1 "wc -l </root/lab-poll.log") requests, $(on magnum1 "grep -cvx 200 /root/lab-poll.log || true") failed"

# What a failed run may leave: a host that is drained, and the draining switched off since.
runtime "set server k8s-back/infra1-k8s-container-1a2b3c02 state drain" >/dev/null
check "a host is drained by hand" equals 1 servers_in 8
must roll_out-drained mcapi_control_plane_k8s --tags k8s-install -e mcapi_haproxy_drain=false \
  --limit infra1-k8s-container-1a2b3c02
check "the next run makes it ready, though it drains none" equals 3 servers_in 0
check "and changes nothing else" equals 1 sum changed
