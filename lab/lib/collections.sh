#!/bin/bash
# Unpack Ansible collections from PyPI's "ansible" wheel, which is where they can be had without
# Ansible Galaxy: collections.sh FOLDER PIP PACKAGE==VERSION COLLECTION...
set -euo pipefail
folder=$1 pip=$2 package=$3
shift 3
rm -rf "$folder"
mkdir -p "$folder"
"$pip" --disable-pip-version-check download --no-deps --dest "$folder" "$package"
/usr/bin/python3 - "$folder" "$@" <<'PYTHON'
import pathlib
import sys
import zipfile

folder = pathlib.Path(sys.argv[1])
wheel = next(folder.glob("*.whl"))
with zipfile.ZipFile(wheel) as archive:
    for collection in sys.argv[2:]:
        prefix = f"ansible_collections/{collection.replace('.', '/')}/"
        names = [name for name in archive.namelist() if name.startswith(prefix)]
        if not names:
            sys.exit(f"{wheel.name} has no collection {collection}")
        archive.extractall(folder, names)
wheel.unlink()
PYTHON
printf '%s\n' "$package" "$@" >"$folder/.complete"
