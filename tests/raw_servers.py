"""Servers in processes of their own: byte for byte as told, or with certificates of our making."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from pathlib import Path

import trustme

from fault_doors import item, rss

RAW_SERVER = """
import socket, sys
reply = sys.stdin.buffer.read()
server = socket.create_server(("127.0.0.1", 0))
print(server.getsockname()[1], flush=True)
while True:
    connection, _ = server.accept()
    connection.recv(65536)
    connection.sendall(reply)
    connection.close()
"""

HTTPS_SERVER = """
import http.server, ssl, sys
body = sys.stdin.buffer.read()
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        _, redirected, target = self.path.partition("?to=")
        self.send_response(302 if redirected else 200)
        self.send_header("Location", target) if redirected else None
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *_): pass
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[1])
server.socket = context.wrap_socket(server.socket, server_side=True)
print(server.server_address[1], flush=True)
server.serve_forever()
"""


class Processes:
    """Servers in processes of their own, on ports that they choose."""

    def __init__(self) -> None:
        self._running: list[subprocess.Popen[bytes]] = []

    def start(self, program: str, told: bytes, *arguments: str) -> int:
        """Run *program* with *told* as its input; return its port."""
        process = subprocess.Popen(
            [sys.executable, "-c", program, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._running.append(process)
        assert process.stdin
        assert process.stdout
        process.stdin.write(told)
        process.stdin.close()
        return int(process.stdout.readline())

    @property
    def count(self) -> int:
        return len(self._running)

    def stop(self) -> None:
        for process in self._running:
            process.kill()
            process.wait()
            assert process.stdout
            process.stdout.close()


class Secure:
    """HTTPS servers with certificates of an authority that only who is told of it trusts."""

    def __init__(self, folder: Path, processes: Processes) -> None:
        self.authority = folder / "authority.pem"
        self._folder = folder
        self._processes = processes
        self._known = trustme.CA()
        self._known.cert_pem.write_to_path(self.authority)

    def serve(
        self,
        host: str = "127.0.0.1",
        *,
        begin: datetime | None = None,
        end: datetime | None = None,
        known: bool = True,
    ) -> str:
        """Start a server whose certificate is for *host*; return its feed's address.

        With ``?to=ADDRESS`` behind it, it redirects there.
        """
        authority = self._known if known else trustme.CA()
        made = authority.issue_cert(host, not_before=begin, not_after=end)
        chain = self._folder / f"{self._processes.count}.pem"
        made.private_key_and_cert_chain_pem.write_to_path(chain)
        port = self._processes.start(HTTPS_SERVER, rss(item()), str(chain))
        return f"https://127.0.0.1:{port}/feed"
