"""A push service on this machine, over TLS, in a process of its own: what it costs is not counted.

``python -m benchmarks.push.service <certificate> <key>`` prints its port. Whatever is asked for by GET, it tells what has
arrived since it was last asked: JSON, ``[[path, seconds since 1970], …]``.
"""

from __future__ import annotations

import asyncio
import json
import ssl
import sys
import time
from contextlib import suppress

CREATED = b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"


class Service:
    def __init__(self) -> None:
        self._arrivals: list[tuple[str, float]] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError, ConnectionError, ssl.SSLError):
            while True:
                method, path, length = _head(await reader.readuntil(b"\r\n\r\n"))
                if method == "POST":
                    await reader.readexactly(length)
                    self._arrivals.append((path, time.time()))
                    writer.write(CREATED)
                    continue
                body = json.dumps(self._arrivals).encode()
                self._arrivals = []
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
        writer.close()


def _head(head: bytes) -> tuple[str, str, int]:
    first, *lines = head.decode("latin-1").split("\r\n")
    method, path, _ = first.split(" ")
    length = next((int(line[15:]) for line in lines if line.lower().startswith("content-length:")), 0)
    return method, path, length


async def main() -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(sys.argv[1], sys.argv[2])
    server = await asyncio.start_server(Service().serve, "127.0.0.1", 0, ssl=context, backlog=512)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
