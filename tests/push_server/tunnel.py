"""A proxy that only lets through by CONNECT, and a push service behind it that speaks TLS."""

from __future__ import annotations

import base64
import ipaddress
import socket
import ssl
import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from .push_service import PushService


def certificate(folder: Path, name: str) -> tuple[Path, Path]:
    """(certificate, key) of ``name``, signed by itself, as files."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    names: list[x509.GeneralName] = [x509.DNSName(name), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    paths = folder / f"{name}.crt", folder / f"{name}.key"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return paths


def speak_tls(service: PushService, certificate: Path, key: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    service.wrap(context)


class Tunnel:
    """Leads every CONNECT to ``target``; with ``password`` only those that bring ``user:password``."""

    def __init__(self, target: tuple[str, int], password: str | None = None) -> None:
        self.asked: list[str] = []
        """``host:port`` of every CONNECT."""
        self.others: list[str] = []
        """Request lines that were no CONNECT."""
        self.rejected = 0
        tunnel = self
        wanted = None if password is None else "Basic " + base64.b64encode(f"user:{password}".encode()).decode()

        class Handler(StreamRequestHandler):
            def handle(self) -> None:
                first = self.rfile.readline().decode().split()
                headers = {}
                while line := self.rfile.readline().decode().strip():
                    name, _, value = line.partition(":")
                    headers[name.lower()] = value.strip()
                if first[0] != "CONNECT":
                    tunnel.others.append(" ".join(first))
                    return
                tunnel.asked.append(first[1])
                if wanted is not None and headers.get("proxy-authorization") != wanted:
                    tunnel.rejected += 1
                    self.wfile.write(b"HTTP/1.1 407 who are you\r\nContent-Length: 0\r\n\r\n")
                    return
                with socket.create_connection(target) as further:
                    self.wfile.write(b"HTTP/1.1 200 go on\r\n\r\n")
                    back = threading.Thread(target=_pass_on, args=(further, self.connection), daemon=True)
                    back.start()
                    _pass_on(self.connection, further)
                    back.join(5)

        class Server(ThreadingTCPServer):
            daemon_threads = True
            allow_reuse_address = True

            def handle_error(self, request: object, client_address: object) -> None:
                """A client that gives up breaks the connection; that is the point."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while content := source.recv(65536):
            target.sendall(content)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)
