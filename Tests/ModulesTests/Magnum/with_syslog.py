"""Runs a command with a syslog of its own, and leaves what it was told in a file.

    unshare --mount with_syslog.py FILE COMMAND...

/dev is another one for the command, FILE.dev, with what programs need and a socket named log.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from pathlib import Path


def main() -> int:
    file, command = sys.argv[1], sys.argv[2:]
    place = file + ".dev"
    Path(place).mkdir()
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    listener.bind(place + "/log")
    for name in ("null", "zero", "urandom", "random"):
        Path(place, name).touch()
        subprocess.run(["mount", "--bind", f"/dev/{name}", f"{place}/{name}"], check=True)
    subprocess.run(["mount", "--bind", place, "/dev"], check=True)
    lines: list[bytes] = []

    def listen() -> None:
        while line := listener.recv(65536):
            lines.append(line)

    thread = threading.Thread(target=listen)
    thread.start()
    status = subprocess.run(command, check=False).returncode
    end = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    end.sendto(b"", "/dev/log")
    thread.join()
    Path(file).write_bytes(b"".join(line.rstrip(b"\0\n") + b"\n" for line in lines))
    return status


if __name__ == "__main__":
    sys.exit(main())
