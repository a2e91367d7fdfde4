"""A push service with a certificate, and processes that trust it."""

from __future__ import annotations

import json
import os
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.client import HTTPSConnection
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from push_server.published import LOCAL

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Rig:
    port: int
    certificate: Path

    @property
    def origin(self) -> str:
        return f"https://127.0.0.1:{self.port}"

    def arrivals(self) -> list[tuple[str, float]]:
        """(path, seconds since 1970) of the messages that have arrived since the last call."""
        connection = HTTPSConnection(
            "127.0.0.1", self.port, context=ssl.create_default_context(cafile=str(self.certificate))
        )
        try:
            connection.request("GET", "/arrivals")
            arrived: list[tuple[str, float]] = json.loads(connection.getresponse().read())
            return arrived
        finally:
            connection.close()

    def run(self, *arguments: str) -> dict[str, float]:
        """What a process of ``sending.py`` measured."""
        trusted = {"SSL_CERT_FILE": str(self.certificate), "REQUESTS_CA_BUNDLE": str(self.certificate)}
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.push.sending", self.origin, *arguments],
            cwd=ROOT,
            env={**os.environ, **trusted},
            stdout=subprocess.PIPE,
            check=True,
        )
        found: dict[str, float] = json.loads(done.stdout)
        return found


@contextmanager
def rig(folder: Path) -> Iterator[Rig]:
    certificate, key = _certificate(folder)
    service = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.push.service", str(certificate), str(key)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert service.stdout is not None
        yield Rig(int(service.stdout.readline()), certificate)
    finally:
        service.terminate()
        service.wait(10)


def _certificate(folder: Path) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "push service of the benchmark")])
    today = datetime.now(LOCAL)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "certificate.pem").write_bytes(made.public_bytes(pem))
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "key.pem").write_bytes(private)
    return folder / "certificate.pem", folder / "key.pem"
