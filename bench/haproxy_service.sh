#!/bin/bash
# A service of HAProxy that is there already, written again by the module haproxy_service beside
# ansible.builtin.template and ansible.builtin.assemble, as OpenStack-Ansible's role has them, over
# SSH in the lab, with the oldest and the newest ansible-core: haproxy_service.sh [ROUNDS]. Writes a
# table to stdout.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
# shellcheck source=lib.sh
. "$here/lib.sh"

bench_section haproxy_service "A service that is there already" -e "rounds=${1:-15}" \
  -e "bench_host=$bench_haproxy_host" <<'TEXT'
The template is this
benchmark's own, and makes the same fragment; its lines are those of one kind of service alone.
TEXT
