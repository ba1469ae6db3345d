#!/bin/bash
# Make a Python environment: venv.sh FOLDER REQUIREMENT...; complete when it holds .complete, with both.
set -euo pipefail
folder=$1
shift
rm -rf "$folder"
/usr/bin/python3 -m venv "$folder"
"$folder/bin/pip" --disable-pip-version-check install "$@"
# With the folder, which its programs name: one that was moved has to be made again.
printf '%s\n' "$(readlink -f "$folder")" "$@" >"$folder/.complete"
