"""A proxy as http_proxy and https_proxy name one: forward_proxy.py [USER:PASSWORD|STATUS|tunnels=N]

Passes on requests for whole addresses, and tunnels that CONNECT asks for. Prints its port, then for
each line it reads the requests since the last one, as JSON: method and address. A STATUS is its
answer to all of them. Of tunnels beyond the first N it makes an end once it has promised them. Ends
with its standard input.
"""

from __future__ import annotations

import base64
import http.client
import itertools
import json
import select
import socket
import sys
import threading
import urllib.parse
from http.server import ThreadingHTTPServer

from passing import PassingHandler

OPTION = sys.argv[1] if sys.argv[1:] else ""
TUNNELS = itertools.count(1)
LAST_TUNNEL = None
if OPTION.startswith("tunnels="):
    LAST_TUNNEL, OPTION = int(OPTION.removeprefix("tunnels=")), ""
REFUSAL = int(OPTION) if OPTION.isdigit() else 407
WANTED = "Basic " + base64.b64encode(OPTION.encode()).decode() if OPTION else None
LOG: list[list[str]] = []


class Handler(PassingHandler):
    def is_refused(self) -> bool:
        LOG.append([self.command, self.path])
        if WANTED in (None, self.headers.get("Proxy-Authorization")):
            return False
        self.close_connection = True
        self.reply(REFUSAL, [("Proxy-Authenticate", 'Basic realm="tests"')], b"")
        return True

    def serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.is_refused():
            return
        url = urllib.parse.urlsplit(self.path)
        upstream = http.client.HTTPConnection(url.netloc)
        headers = {
            name: value
            for name, value in self.headers.items()
            if name.lower() not in ("proxy-authorization", "proxy-connection", "content-length")
        }
        upstream.request(self.command, url.path + (url.query and "?" + url.query), body, headers)
        answer = upstream.getresponse()
        self.reply(answer.status, answer.getheaders(), answer.read())
        upstream.close()

    do_GET = do_POST = do_PATCH = do_DELETE = serve

    def do_CONNECT(self) -> None:
        if self.is_refused():
            return
        host, _, port = self.path.rpartition(":")
        with socket.create_connection((host, int(port))) as upstream:
            self.send_response_only(200)
            self.end_headers()
            if LAST_TUNNEL is not None and next(TUNNELS) > LAST_TUNNEL:
                self.close_connection = True
                return
            ends = {self.connection: upstream, upstream: self.connection}
            while True:
                for end in select.select(list(ends), [], [])[0]:
                    part = end.recv(65536)
                    if not part:
                        self.close_connection = True
                        return
                    ends[end].sendall(part)


def main() -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    for _ in sys.stdin:
        print(json.dumps(LOG), flush=True)
        LOG.clear()


if __name__ == "__main__":
    main()
