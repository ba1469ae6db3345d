# shellcheck shell=bash
# shellcheck disable=SC2154  # variables of run.sh
# A roll-out of another version of Kubernetes, host by host, while a client asks the API all the time.
say "A roll-out under the eyes of a client"

version=$(on k8s1 "jq -r .version /etc/kubernetes/stand-in.json")
next=${version%.*}.$((${version##*.} + 1))
echo "kubernetes_version: $next" >>"$lab_deploy/user_variables_lab.yml"

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
