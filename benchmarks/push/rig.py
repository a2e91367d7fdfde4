"""The rig: a certificate that its processes trust, the push service, and phones in a database."""

from __future__ import annotations

import base64
import json
import os
import secrets
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
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from sqlalchemy import insert

from push_server.hall.timetable import local_day
from push_server.keys import public_key
from push_server.published import LOCAL
from push_server.store.database import open_database
from push_server.store.schema import people, wishes
from push_server.store.subscribers import digest

ROOT = Path(__file__).parents[2]
BROWSERS = 64
"""So many pairs of keys; phones share them, which changes nothing of what one message costs."""


@dataclass(frozen=True, slots=True)
class Rig:
    port: int
    certificate: Path

    @property
    def origin(self) -> str:
        return f"https://127.0.0.1:{self.port}"

    def ask(self, path: str) -> Any:
        connection = HTTPSConnection(
            "127.0.0.1", self.port, context=ssl.create_default_context(cafile=str(self.certificate))
        )
        try:
            connection.request("GET", path)
            return json.loads(connection.getresponse().read())
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


def browsers() -> list[dict[str, str]]:
    """The keys that browsers tell."""
    return [
        {
            "p256dh": public_key(ec.generate_private_key(ec.SECP256R1())),
            "auth": base64.urlsafe_b64encode(secrets.token_bytes(16)).rstrip(b"=").decode(),
        }
        for _ in range(BROWSERS)
    ]


def subscribe(data: Path, origin: str, count: int, topic: str = "noon") -> None:
    """``count`` phones into the database, at once: to subscribe them one by one would take minutes."""
    known = browsers()
    now = noon(local_now()).timestamp()
    engine = open_database(data)
    with engine.begin() as connection:
        for first in range(0, count, 5000):
            numbers = range(first, min(first + 5000, count))
            connection.execute(
                insert(people),
                [
                    {
                        "id": f"{number:032x}",
                        "endpoint": f"{origin}/{number}",
                        "endpoint_digest": digest(f"{origin}/{number}"),
                        "created_at": now,
                        "seen_at": now,
                        **known[number % BROWSERS],
                    }
                    for number in numbers
                ],
            )
            connection.execute(
                insert(wishes), [{"topic": topic, "subject": "", "person": f"{number:032x}"} for number in numbers]
            )
    engine.dispose()


def local_now() -> datetime:
    return datetime.now(LOCAL)


def noon(moment: datetime) -> datetime:
    """Today, a minute after the noon service is due to be announced."""
    return datetime.combine(local_day(moment.timestamp()), datetime.min.time(), LOCAL) + timedelta(hours=11, minutes=16)
