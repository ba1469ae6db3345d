"""Serve the stand-in for Glance, Nova and Neutron: python -m standin --help."""

import argparse
import http.server
import json
import sys
import traceback
import urllib.parse

from . import __doc__ as purpose
from . import compute, image, network
from .store import Store
from .tokens import Tokens
from .web import Answer, Refused, Request, find_route

ERRORS = {"image": image.error, "compute": compute.error, "network": network.error}


def plain_error(refusal):
    return Answer(refusal.status, refusal.message.encode() + b"\n", "text/plain")


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "mcapi-lab-stand-in"

    def serve(self):
        url = urllib.parse.urlsplit(self.path)
        request = Request(
            method="GET" if self.command == "HEAD" else self.command,
            path=url.path,
            query=dict(urllib.parse.parse_qsl(url.query, keep_blank_values=True)),
            headers=self.headers,
            stream=self.rfile,
            host=self.headers.get("Host", ""),
        )
        try:
            answer = self.answer(request)
        except Refused as refusal:
            if refusal.status == 501:
                print(f"*** {self.command} {self.path}: {refusal.message}", file=sys.stderr)
            answer = ERRORS.get(url.path.split("/")[1], plain_error)(refusal)
            # The body may not have been read: what is left of it is no request.
            self.close_connection = True
        self.send(answer)

    def answer(self, request):
        route, arguments = find_route(request.method, request.path)
        if route.needs_token:
            request.user = self.server.tokens.user(self.headers.get("X-Auth-Token"))
        store = self.server.store
        with store.lock:
            try:
                answer = route.handler(store, request, **arguments)
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                traceback.print_exc()
                raise Refused(500, f"the stand-in cannot read this request: {error!r}") from None
            if request.method != "GET":
                store.save()
        return answer

    def send(self, answer):
        body = answer.body
        if body is None:
            body = b""
        elif not isinstance(body, bytes):
            body = json.dumps(body).encode()
        self.send_response(answer.status)
        if body:
            self.send_header("Content-Type", answer.content_type)
        if answer.status != 204:
            self.send_header("Content-Length", str(len(body)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_request(self, code="-", size="-"):
        agent = self.headers.get("User-Agent", "-")
        self.log_message('"%s" %s %s', self.requestline, getattr(code, "value", code), agent)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = serve


class Server(http.server.ThreadingHTTPServer):
    def __init__(self, address, tokens, store):
        super().__init__(address, Handler)
        self.tokens = tokens
        self.store = store


def main():
    parser = argparse.ArgumentParser(prog="standin", description=purpose)
    parser.add_argument("--address", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--keystone", required=True, help="URL, without /v3")
    parser.add_argument("--state", required=True, help="JSON file of the resources")
    given = parser.parse_args()
    Server((given.address, given.port), Tokens(given.keystone), Store(given.state)).serve_forever()


if __name__ == "__main__":
    main()
