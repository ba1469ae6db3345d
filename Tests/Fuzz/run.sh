#!/bin/bash
# Fuzz what meets bytes from outside, with libFuzzer and AddressSanitizer.
#
#   Tests/Fuzz/run.sh MINUTES [TARGET...]   each target for MINUTES; all without names
#   Tests/Fuzz/run.sh keep                  add what runs have found so far to Seeds/, minimised
#
# A target is a case of Targets/FuzzTarget.swift. What a run learns stays in .build-fuzz/corpus for
# the next; an input that breaks a promise is left in .build-fuzz/found, and the run ends with 1.
set -euo pipefail
cd "$(dirname "$0")/../.."
scratch=.build-fuzz
fuzzer=$scratch/release/Fuzzer
seeds=Tests/Fuzz/Seeds
# libFuzzer and the sanitizer report crashes themselves.
export SWIFT_BACKTRACE=enable=no

case ${1:-} in
  keep | [1-9]*) ;;
  *) sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
MCAPI_FUZZ=1 nice swift build -c release --scratch-path "$scratch" --product Fuzzer >&2
minutes=$1
shift
targets=("$@")
[ $# -gt 0 ] || targets=(json module yaml kubeconfig der pem servers statistics service cloud openrc)

for target in "${targets[@]}"; do
  export FUZZ_TARGET=$target
  corpus=$scratch/corpus/$target
  found=$scratch/found/$target-
  mkdir -p "$corpus" "$scratch/found" "$seeds/$target"
  if [ "$minutes" = keep ]; then
    nice "$fuzzer" -set_cover_merge=1 -use_counters=0 -max_len=512 \
      "$seeds/$target" "$corpus" 2>/dev/null
    printf '%s: %d seeds, %d KiB\n' "$target" "$(find "$seeds/$target" -type f | wc -l)" \
      "$(du -k --apparent-size -s "$seeds/$target" | cut -f 1)"
    continue
  fi
  log=$scratch/$target.log
  nice -n 19 "$fuzzer" -max_total_time=$((minutes * 60)) -max_len=4096 -timeout=10 \
    -rss_limit_mb=1024 -print_final_stats=1 -verbosity=1 -artifact_prefix="$found" \
    "$corpus" "$seeds/$target" 2>"$log" ||
    { tail -n 40 "$log" >&2; echo "fuzz: $target: FAILED, see $log" >&2; exit 1; }
  sed -nE "s/^stat::number_of_executed_units: ([0-9]+)/$target: \1 inputs/p" "$log"
done
