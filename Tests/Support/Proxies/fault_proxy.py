"""A proxy between a client and the API that makes faults on purpose.

    fault_proxy.py PREFIX=PORT...

Passes /PREFIX... on to the PORT of this host. Prints its own port, then takes a command a line, in
JSON, and prints an answer a line:

    {"rules": [{"match": "GET /v3/regions", "fault": "reset", "times": 1}]}
    {"log": true}       what has come in: method, path, fault, and the status of the real answer,
                        null where the request was not passed on

Faults, of which those that begin with "done-" pass the request on first: close, reset (no answer),
hang, answer (`status`, `headers`, `body`), echo (an answer that says the request wherever it can),
cut (half of the real answer), endless (an answer that never ends), garbage (no HTTP).

Ends with its standard input.
"""

from __future__ import annotations

import http.client
import json
import socket
import struct
import sys
import threading
import time
from http.server import ThreadingHTTPServer

from passing import PassingHandler


class Leave(Exception):
    """The connection is over."""


class Proxy(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, upstreams: dict[str, int]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.upstreams = upstreams
        self.rules: list[dict] = []
        self.log: list[dict] = []
        self.lock = threading.Lock()
        self.is_over = threading.Event()

    def rule_for(self, request: str) -> dict:
        with self.lock:
            for rule in self.rules:
                if rule.get("times", 1) > 0 and request.startswith(rule["match"]):
                    rule["times"] = rule.get("times", 1) - 1
                    return rule
        return {"fault": "none"}

    def handle_error(self, request, client_address) -> None:
        """A client that leaves is no error here."""


class Handler(PassingHandler):
    server: Proxy

    def serve(self) -> None:
        begin = time.monotonic()
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.body = body
        rule = self.server.rule_for(f"{self.command} {self.path}")
        fault = rule["fault"]
        entry = {
            "method": self.command,
            "path": self.path,
            "fault": fault,
            "status": None,
            "seconds": begin,
        }
        real = None
        if fault in ("none", "cut") or fault.startswith("done-"):
            real = self.forward(body)
            entry["status"] = real[0]
        with self.server.lock:
            self.server.log.append(entry)
        getattr(self, "fault_" + fault.removeprefix("done-"))(rule, real)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = serve

    def forward(self, body: bytes):
        first = self.path.split("/")[1]
        upstream = http.client.HTTPConnection("127.0.0.1", self.server.upstreams[first])
        headers = {
            name: value
            for name, value in self.headers.items()
            if name.lower() not in ("host", "connection", "content-length")
        }
        upstream.request(self.command, self.path, body or None, headers)
        answer = upstream.getresponse()
        result = (answer.status, answer.getheaders(), answer.read())
        upstream.close()
        return result

    def fault_none(self, _rule, real) -> None:
        self.reply(*real)

    def fault_close(self, _rule, _real) -> None:
        self.close_connection = True

    def fault_reset(self, _rule, _real) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        # Without shutdown, which would send FIN before RST.
        self.rfile.close()
        self.connection.close()
        raise Leave

    def fault_hang(self, _rule, _real) -> None:
        self.close_connection = True
        self.server.is_over.wait(60)

    def fault_answer(self, rule, _real) -> None:
        self.reply(rule["status"], rule.get("headers", {}).items(), rule.get("body", "").encode())

    def fault_echo(self, rule, _real) -> None:
        said = f"{self.requestline} {self.headers} {self.body.decode()}"
        line = " ".join(said.split())
        words = json.dumps({"error": {"message": said}})
        headers = {
            "Content-Type": line,
            "Location": f"https://{self.headers.get('X-Auth-Token', 'x')}@h/{line}",
            "X-Openstack-Request-Id": line,
            "Openstack-Request-Id": f"req-{line}",
        }
        body = words if rule.get("form", "json") == "json" else said
        self.reply(rule["status"], headers.items(), body.encode())

    def fault_cut(self, _rule, real) -> None:
        self.close_connection = True
        self.reply(*real, sent=len(real[2]) // 2)

    def fault_endless(self, _rule, _real) -> None:
        self.close_connection = True
        self.send_response_only(200)
        self.end_headers()
        while not self.server.is_over.is_set():
            self.wfile.write(b" " * 65536)

    def fault_garbage(self, _rule, _real) -> None:
        self.close_connection = True
        self.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n")


def main() -> None:
    upstreams = dict(item.split("=") for item in sys.argv[1:])
    proxy = Proxy({prefix: int(port) for prefix, port in upstreams.items()})
    threading.Thread(target=proxy.serve_forever, daemon=True).start()
    print(proxy.server_address[1], flush=True)
    for line in sys.stdin:
        command = json.loads(line)
        with proxy.lock:
            if "rules" in command:
                proxy.rules = command["rules"]
                print("{}", flush=True)
            else:
                print(json.dumps(proxy.log), flush=True)
    proxy.is_over.set()


if __name__ == "__main__":
    main()
