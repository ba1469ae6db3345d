#!/usr/bin/env python3
"""Load on an HTTPS service: tls_load.py PORT THREADS PAUSE_MS

Each thread sends one request after the other, each over a connection of its own, until standard
input ends. Then prints JSON: how many were answered by whom, in each phase, and what failed. A line
on standard input begins a phase of that name; a request belongs to the phase in which it began.
"""

from __future__ import annotations

import collections
import json
import ssl
import sys
import threading
from http.client import HTTPException, HTTPSConnection


def main() -> None:
    port, threads, pause = (int(argument) for argument in sys.argv[1:])
    context = ssl._create_unverified_context()
    answers: dict[str, collections.Counter] = collections.defaultdict(collections.Counter)
    failures: list[str] = []
    lock = threading.Lock()
    phase = ["start"]
    is_over = threading.Event()

    def send() -> None:
        while not is_over.is_set():
            began = phase[0]
            connection = HTTPSConnection("127.0.0.1", port, timeout=20, context=context)
            try:
                connection.request("GET", f"/?{pause}")
                response = connection.getresponse()
                body = response.read().decode()
                if response.status != 200:
                    raise ValueError(f"status {response.status}")
                with lock:
                    answers[began][body] += 1
            except (OSError, HTTPException, ValueError) as error:
                with lock:
                    failures.append(f"{began}: {error!r}")
            finally:
                connection.close()

    workers = [threading.Thread(target=send) for _ in range(threads)]
    for worker in workers:
        worker.start()
    for line in sys.stdin:
        phase[0] = line.strip()
    is_over.set()
    for worker in workers:
        worker.join()
    print(json.dumps({"answers": answers, "failures": failures}))


if __name__ == "__main__":
    main()
