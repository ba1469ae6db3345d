#!/bin/bash
# Stop the lab's OpenStack. --purge also removes its state.
set -euo pipefail
# shellcheck source=settings.sh
. "$(dirname "$(readlink -f "$0")")/settings.sh"

pids=()
for file in "$OPENSTACK_STATE"/run/*.pid; do
  [ -e "$file" ] || continue
  pid=$(cat "$file")
  rm -f "$file"
  # A pid may have been given to somebody else since: ours run from our virtual environment.
  if tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline" | grep --quiet --fixed-strings "$OPENSTACK_VENV/"; then
    kill "$pid" && pids+=("$pid")
  fi
done

# uWSGI waits for its threads up to a minute; SQLite survives a kill, so it need not be waited for.
for ((tries = 0; tries < 10; tries++)); do
  living=()
  for pid in "${pids[@]}"; do
    if kill -0 "$pid" 2>/dev/null; then living+=("$pid"); fi
  done
  pids=("${living[@]}")
  [ ${#pids[@]} -eq 0 ] && break
  sleep 0.1
done
if [ ${#pids[@]} -gt 0 ]; then kill -KILL "${pids[@]}" 2>/dev/null || true; fi

if [ "${1-}" = --purge ]; then rm -rf "$OPENSTACK_STATE"; fi
