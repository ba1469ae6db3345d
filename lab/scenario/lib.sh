# shellcheck shell=bash
# shellcheck disable=SC2154  # $here and the settings come from the script that sources this file
# What the scenario's scripts share: running playbooks, looking at hosts, counting what was seen.

passed=0
failed=0

# on HOST COMMAND: runs a shell command as root on a host of the lab.
on() { "$lab/ssh" "$@"; }

# say TEXT: a heading.
say() { printf '\n%s\n' "$*"; }

# check TITLE COMMAND...: one thing that must be so. The command's output is shown when it is not.
check() {
  local title=$1 output
  shift
  if output=$("$@" 2>&1); then
    passed=$((passed + 1))
    printf '  ok    %s\n' "$title"
  else
    failed=$((failed + 1))
    printf '  FAIL  %s\n' "$title"
    printf '%s\n' "$output" | tail -n 15 | sed 's/^/        /'
  fi
}

# equals WANTED COMMAND...: the command's output is exactly this.
equals() {
  local wanted=$1 output
  shift
  output=$("$@") || { printf 'it failed; what it printed: %s\n' "$output"; return 1; }
  [ "$output" = "$wanted" ] || { printf 'wanted: %s\ngot:    %s\n' "$wanted" "$output"; return 1; }
}

# matches PATTERN COMMAND...: the command's output has a line that matches.
matches() {
  local pattern=$1 output
  shift
  output=$("$@") || { printf '%s\n' "$output"; return 1; }
  grep -qE -- "$pattern" <<<"$output" || { printf 'no line matches %s in:\n%s\n' "$pattern" "$output"; return 1; }
}

# absent GREP-ARGUMENTS...: grep could look, and found nothing.
absent() {
  local status=0
  grep "$@" || status=$?
  [ "$status" = 1 ]
}

# says TITLE PATTERN: the log of that run has it, though Ansible breaks lines in a message.
says() { tr -s ' \n' ' ' <"$lab_logs/$1.log" | grep -qE -- "$2"; }

# fails COMMAND...: the command must not succeed.
fails() { ! "$@"; }

# play TITLE PLAYBOOK [ARGUMENT...]: runs a playbook, shows its plays with seconds, and leaves its
# output in $log and what it did in $report. A plain name is one of the collection's. Returns what
# the playbook returned.
play() {
  local title=$1 playbook=$2 status=0
  case $playbook in *.*) ;; *) playbook=osa_ops.mcapi_vexxhost.$playbook ;; esac
  shift 2
  log=$lab_logs/$title.log
  report=$lab_logs/$title.json
  rm -f "$report"
  say "openstack-ansible $playbook $*"
  LAB_REPORT=$report ANSIBLE_CALLBACK_PLUGINS=$lab/scenario/callback_plugins \
    ANSIBLE_CALLBACKS_ENABLED=lab_report ANSIBLE_LOG_PATH=$log.ansible \
    "$lab/openstack-ansible" "$playbook" "$@" 3>&1 >"$log" 2>&1 </dev/null ||
    status=$?
  printf '    %-58s %6.1f s  %3d changed\n' "in all" "$(sum seconds)" "$(sum changed)"
  return $status
}

# sum FIELD: over the plays of the last run.
sum() {
  python3 -c 'import json, sys
print(sum(play[sys.argv[2]] for play in json.load(open(sys.argv[1]))))' "$report" "$1"
}

# must TITLE PLAYBOOK [ARGUMENT...]: a playbook that has to succeed; without it nothing else counts.
must() {
  play "$@" && return
  grep -nE '^fatal:|^failed:|FAILED!|^ERROR|unreachable=[1-9]' -A8 "$log" | tail -n 30
  echo "The playbook failed. What it did:  less $log"
  exit 1
}
