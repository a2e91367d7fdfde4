"""The nginx that docs/deploy gives for static files, on a port of this machine: for tests and benchmarks."""

from __future__ import annotations

import re
import socket
import subprocess
import time
import urllib.request
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from .nginx import find
from .nginx_alone import command

CONFIGURATION = Path(__file__).parents[1] / "docs/deploy/static.nginx.conf"
STARTING = 20
"""Seconds."""
LOG = "log_format sizes '$uri $body_bytes_sent $status'; access_log {folder}/log sizes;"


class Host:
    """``site`` served by nginx until ``stop``; ``folder`` is for its log and what it needs beside.

    ``inline`` sends no policy: for a site with scripts in its pages. ``http2`` is over TLS, with a certificate
    that nobody trusts.
    Raises ``RuntimeError`` where nginx is missing or does not start.
    """

    def __init__(self, folder: Path, site: Path, *, inline: bool = False, http2: bool = False) -> None:
        self.port = free_port()
        self.url = f"http{'s' if http2 else ''}://localhost:{self.port}/"
        self._log = folder / "log"
        text = CONFIGURATION.read_text("utf-8")
        for given, here in (
            ("listen 443 ssl http2;", f"listen 127.0.0.1:{self.port}{' ssl http2' if http2 else ''};"),
            ("listen [::]:443 ssl http2;", ""),
            ("listen 80;", f"listen 127.0.0.1:{free_port()};"),
            ("listen [::]:80;", ""),
            ("root /srv/guide;", f"root {site};"),
        ):
            if given not in text:
                raise RuntimeError(f"{CONFIGURATION.name} has no {given}")
            text = text.replace(given, here)
        if http2:
            certify(folder)
            text = text.replace("/etc/ssl/guide/", f"{folder}/")
        else:
            text = re.sub(r"^ *ssl_.*$", "", text, flags=re.M)
        if inline:
            text = re.sub(r"^ *add_header Content-Security-Policy .*$", "", text, flags=re.M)
        binary = find()
        if not binary:
            raise RuntimeError("nginx is missing: `make test` installs it, or `sudo apt install nginx-light`")
        self._process = subprocess.Popen(command(binary, folder, text, log=LOG.format(folder=folder)))
        end = time.monotonic() + STARTING
        while time.monotonic() < end:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), STARTING):
                return
            time.sleep(0.05)
        self.stop()
        raise RuntimeError("nginx did not start")

    def sent(self) -> list[tuple[str, int]]:
        """(path, bytes of the body) of all that was sent."""
        lines = [line.rsplit(" ", 2) for line in self._log.read_text().splitlines()]
        return [(path, int(size)) for path, size, _ in lines]

    def headers(self, path: str, accepted: str = "identity") -> dict[str, str]:
        asked = urllib.request.Request(self.url + path, headers={"Accept-Encoding": accepted})
        with urllib.request.urlopen(asked) as answer:
            return {name.lower(): value for name, value in answer.headers.items()}

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(STARTING)


def certify(folder: Path) -> None:
    """A certificate for ``localhost``, valid for a day, under the names that the configuration gives."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    form = serialization.Encoding.PEM
    (folder / "fullchain.pem").write_bytes(made.public_bytes(form))
    (folder / "privkey.pem").write_bytes(
        key.private_bytes(form, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port
