#!/bin/bash
# Run every benchmark in the lab and write bench/report.md. Times are for people to compare, side by
# side in one run: none passes or fails. What is measured must have done what it says.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
root=$(dirname "$here")

"$root/lab/up.sh" >&2
report=$(mktemp)
trap 'rm -f "$report"' EXIT
{
  echo "# Benchmarks"
  echo
  echo "Written by \`make bench\` on $(date -u +%F): $(nproc) processors, $(uname -sm)."
  echo
  "$here/action_plugin.sh"
  echo
  "$here/delivery.sh"
  echo
  "$here/haproxy_backend.sh"
  echo
  "$here/haproxy_service.sh"
  echo
  "$here/magnum_cluster_template.sh"
} >"$report"
install -m 644 "$report" "$here/report.md"
cat "$report"
