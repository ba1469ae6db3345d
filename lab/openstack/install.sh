#!/bin/bash
# Install the locked requirements into the virtual environment; nothing to do while lock and folder stand.
# Every requirement is a wheel or plain Python: no compiler, no headers.
set -euo pipefail
# shellcheck source=settings.sh
. "$(dirname "$(readlink -f "$0")")/settings.sh"

openstack_is_installed && exit 0

/usr/bin/python3 -c 'import ensurepip, venv' 2>/dev/null || {
  echo "install.sh: Python's venv is missing: apt-get install python3-venv" >&2
  exit 1
}
/usr/bin/python3 -m venv --clear "$OPENSTACK_VENV"
"$OPENSTACK_VENV/bin/pip" --quiet install uv==0.9.7
nice "$OPENSTACK_VENV/bin/uv" pip install --quiet --no-deps --python "$OPENSTACK_VENV/bin/python" \
  --requirements "$openstack_lock"
# Last, so that an interrupted installation is repeated.
openstack_installation >"$OPENSTACK_VENV/.complete"
