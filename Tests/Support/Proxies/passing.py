"""What the proxies of the tests share: how an answer is passed on."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler


class PassingHandler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def reply(self, status: int, headers, body: bytes, sent: int | None = None) -> None:
        """An answer with a body in one piece, of which so many bytes are sent; None is all."""
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in ("connection", "content-length", "transfer-encoding"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body[:sent])

    def log_message(self, *arguments) -> None:
        """Says nothing."""
