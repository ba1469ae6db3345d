#!/usr/bin/env python3
"""HTTPS servers for the tests of a load balancer: tls_servers.py PEM FOLDER NAME...

Prints a line "NAME PORT" for each, then serves until its standard input ends. Any path answers with
the server's name, after as many milliseconds as its query says (/slow?500). /readyz answers 503
while the file FOLDER/NAME.unready exists.
"""

from __future__ import annotations

import pathlib
import ssl
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, name: str, context: ssl.SSLContext, folder: pathlib.Path) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.name = name
        self.context = context
        self.unready = folder / f"{name}.unready"

    def handle_error(self, request, client_address) -> None:
        """A peer that leaves early, as a health check may, is no error here."""


class Handler(BaseHTTPRequestHandler):
    server: Server

    def setup(self) -> None:
        # The handshake is made in the thread of the connection: no client can hold up the others.
        self.request.settimeout(30)
        self.request = self.server.context.wrap_socket(self.request, server_side=True)
        super().setup()

    def do_GET(self) -> None:
        path, _, pause = self.path.partition("?")
        time.sleep(int(pause or 0) / 1000)
        unready = path == "/readyz" and self.server.unready.exists()
        body = self.server.name.encode()
        self.send_response(503 if unready else 200)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments) -> None:
        """Says nothing."""


def main() -> None:
    pem, folder, *names = sys.argv[1:]
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    for name in names:
        server = Server(name, context, pathlib.Path(folder))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        print(name, server.server_address[1], flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
