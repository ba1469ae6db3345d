# shellcheck shell=bash
# Messages and timed steps for the scripts of the lab. The script that sources this file sets
# "here" (the lab folder) and "title" (the word in front of each line).

say() { printf '%s: %5ds  %s\n' "${title:?}" "$SECONDS" "$*"; }
die() { printf '%s: %s\n' "${title:?}" "$*" >&2; exit 1; }

# step WHAT LOG COMMAND...: runs a command with its output in LOG; a failure shows the end of it.
# COMMAND is a program, not a shell function: bash suspends "set -e" for what runs inside "if".
step() {
  local what=$1 log=$2 start=$SECONDS
  shift 2
  mkdir -p "$(dirname "$log")"
  if "$@" >"$log" 2>&1; then
    say "$what ($((SECONDS - start)) s)"
  else
    tail -n 8 "$log" | sed 's/^/    /' >&2
    die "$what: failed. To see more:  less $log"
  fi
}

# missing_commands COMMAND...: those that are not installed.
missing_commands() {
  local name
  for name in "$@"; do command -v "$name" >/dev/null || echo "$name"; done
}
