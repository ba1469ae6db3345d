#!/bin/bash
# Make a Python environment: venv.sh FOLDER REQUIREMENT...; complete when it holds .complete.
set -euo pipefail
folder=$1
shift
rm -rf "$folder"
/usr/bin/python3 -m venv "$folder"
"$folder/bin/pip" --disable-pip-version-check install "$@"
printf '%s\n' "$@" >"$folder/.complete"
