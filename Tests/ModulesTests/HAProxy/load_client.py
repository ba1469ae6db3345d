"""Asks a URL again and again, a connection a request, until its standard input ends.

    load_client.py HOST PORT THREADS

Prints how many requests it sent and how many of them had no whole answer 200.
"""

import json
import socket
import sys
import threading

host, port, threads = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
ended = threading.Event()
counts = {"sent": 0, "failed": 0, "reasons": []}
lock = threading.Lock()


def ask() -> str:
    """Why a request failed; empty if it did not."""
    try:
        with socket.create_connection((host, port), timeout=5) as connection:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: load\r\nConnection: close\r\n\r\n")
            answer = b""
            while chunk := connection.recv(4096):
                answer += chunk
    except OSError as error:
        return repr(error)
    return "" if answer.startswith(b"HTTP/1.1 200") and answer.endswith(b"origin") else repr(answer)


def work() -> None:
    while not ended.is_set():
        reason = ask()
        with lock:
            counts["sent"] += 1
            if reason:
                counts["failed"] += 1
                counts["reasons"].append(reason)


workers = [threading.Thread(target=work) for _ in range(threads)]
for worker in workers:
    worker.start()
sys.stdin.read()
ended.set()
for worker in workers:
    worker.join()
print(json.dumps(counts))
