#!/bin/bash
# Asks the API server for each right in a list, and says which answer is not the one wanted.
#
# Copyright the osa_ops.mcapi_vexxhost authors
# SPDX-License-Identifier: Apache-2.0
#
# usage: ask_rights.sh KUBECONFIG CONSUMER <rights.txt
# Prints a line for each wrong answer, and at the end how many rights were asked for.
set -euo pipefail
export KUBECONFIG=$1
consumer=$2 asked=0 wrong=0

# can_i VERB RESOURCE NAMESPACE [SUBRESOURCE]
can_i() {
  local arguments=("$1" "$2")
  case $3 in
    - | '*') arguments+=(--all-namespaces) ;;
    *) arguments+=(--namespace "$3") ;;
  esac
  [ -z "${4:-}" ] || arguments+=(--subresource "$4")
  # It ends with 1 for "no" and for a failure alike: only its word counts.
  kubectl auth can-i "${arguments[@]}" 2>&1 || true
}

while read -r who verdict verb resource namespace subresource; do
  [ "$who" = "$consumer" ] || continue
  asked=$((asked + 1))
  answer=$(can_i "$verb" "$resource" "$namespace" "$subresource" </dev/null)
  case $verdict-$(tail -n 1 <<<"$answer") in
    allow-yes | deny-no) ;;
    *)
      wrong=$((wrong + 1))
      echo "$verdict $verb $resource $namespace $subresource: $answer"
      ;;
  esac
done
echo "$asked asked, $wrong wrong"
[ "$asked" -gt 0 ] && [ "$wrong" = 0 ]
