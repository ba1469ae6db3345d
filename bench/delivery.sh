#!/bin/bash
# The control plane's kubeconfig on 1, 4 and 16 destinations, beside the three tasks that the module
# takes the place of: delivery.sh [ROUNDS]. Writes a table to stdout.
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
# shellcheck source=lib.sh
. "$here/lib.sh"

for series in "${bench_series[@]}"; do
  for destinations in 1 4 16; do
    bench_play "$series" "$destinations" delivery.yml -e "rounds=${1:-3}" -e "destinations=$destinations"
  done
done
echo "### A kubeconfig on several destinations"
echo
echo "The old way reads it with slurp, makes the folder with file and writes it with copy."
echo
python3 "$here/delivery.py" "${bench_times[@]}"
