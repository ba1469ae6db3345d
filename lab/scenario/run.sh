#!/bin/bash
# The main job in the lab: installs the built collection as an operator does, runs its playbooks
# over SSH, and looks at what they left on the hosts. The lab must be up (lab/up.sh) and the tarball
# built (mcapi build).
set -euo pipefail
lab=$(dirname "$(dirname "$(readlink -f "$0")")")
here=$lab
# shellcheck source=../lab.conf.sh
. "$lab/lab.conf.sh"
# shellcheck source=lib.sh
. "$lab/scenario/lib.sh"
export LAB_LEDGER=$lab_dir/ledger.jsonl
start=$SECONDS
: >"$LAB_LEDGER"

# shellcheck source=install.sh
. "$lab/scenario/install.sh"

# A deployment has its load balancer before it has a control plane.
must haproxy openstack.osa.haproxy
must k8s_install-1 k8s_install -vvv
must k8s_install-2 k8s_install
check "the second run changed nothing" equals 0 sum changed
must k8s_install-check k8s_install --check
check "check mode finds nothing to change" equals 0 sum changed

for look in endpoint haproxy proxy backups rights roll_out; do
  # shellcheck source=/dev/null
  . "$lab/scenario/looks/$look.sh"
done

for part in functional_test conformance; do
  # shellcheck source=/dev/null
  . "$lab/scenario/$part.sh"
done

# shellcheck source=looks/secrets.sh
. "$lab/scenario/looks/secrets.sh"

say "The lab took $((SECONDS - start)) s. Logs: $lab_logs; what the stand-ins were asked: $LAB_LEDGER"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
