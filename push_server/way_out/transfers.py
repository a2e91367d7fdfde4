"""Many requests at a time in one event loop, on connections that are kept."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pycurl

from .guard import Guard, Open, open_socket
from .handle import Handle, Reply, TransferError
from .trust import authorities

IDLE = 10
"""Seconds for which an idle connection is kept. Shorter than any push service does: a request must
not leave on one that the other side is just closing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """Seconds until a connection stands (its name looked up, TLS and all), without a word of the answer
    once the request begins to leave, and for a request in all."""

    connect: float = 6
    silence: float = 12
    whole: float = 20


class Transfers:
    """Use as ``async with`` in one event loop. Connects at most ``connections`` times.

    For tests: ``addresses`` are taken for names instead of asking a name server, ``opener`` makes the
    sockets to addresses that the guard lets through.
    """

    def __init__(
        self,
        connections: int,
        proxy: str | None = None,
        *,
        addresses: Mapping[str, Sequence[str]] | None = None,
        opener: Open = open_socket,
        patience: Patience = Patience(),
    ) -> None:
        self._connections = connections
        self._silence = patience.silence
        common = _common(patience)
        self._outside = {**common, **_way(proxy), pycurl.PROTOCOLS: pycurl.PROTO_HTTPS}
        self._outside[pycurl.RESOLVE] = [f"{name}:443:{','.join(some)}" for name, some in (addresses or {}).items()]
        self._inside = {**common, **_way(None), pycurl.PROTOCOLS: pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS}
        # Behind a proxy there is nothing to guard: all that is connected to is the proxy, which may be anywhere.
        self._guarded = proxy is None
        self._opener = opener
        self._free: dict[bool, list[Handle]] = {True: [], False: []}
        self._multi: pycurl.AsyncCurlMulti | None = None
        self._running: dict[Handle, asyncio.Future[pycurl.Curl]] = {}
        self._sweep: asyncio.TimerHandle | None = None

    async def __aenter__(self) -> Transfers:
        self._multi = pycurl.AsyncCurlMulti()
        self._multi.setopt(pycurl.M_MAX_TOTAL_CONNECTIONS, self._connections)
        self._multi.setopt(pycurl.M_MAXCONNECTS, self._connections)
        return self

    async def __aexit__(self, *_error: object) -> None:
        if self._sweep is not None:
            self._sweep.cancel()
            self._sweep = None
        if self._multi is not None:
            await self._multi.aclose()
        for free in self._free.values():
            while free:
                free.pop().curl.close()

    async def post(self, url: str, body: bytes, fields: list[str], *, inside: bool) -> Reply:
        """Post ``body`` with the header ``fields``; redirects are not followed. Raises ``TransferError``.

        ``inside`` is a service that the operator runs: at any address, without the proxy, and without
        TLS where ``url`` says so.
        """
        assert self._multi is not None, "use it within async with"
        free = self._free[inside]
        handle = free.pop() if free else self._handle(inside)
        future = self._multi.add_handle(handle.load(url, body, fields))
        self._running[handle] = future
        if self._sweep is None:
            self._end_silent()
        well = False
        try:
            await future
            well = True
            return handle.reply()
        except pycurl.error as error:
            return handle.failed(error.args[0])
        except TimeoutError:
            raise TransferError("timeout", handle.left) from None
        finally:
            del self._running[handle]
            if well:
                free.append(handle)
            else:
                handle.curl.close()

    def _handle(self, inside: bool) -> Handle:
        if inside:
            return Handle(self._inside, None)
        return Handle(self._outside, Guard(self._opener) if self._guarded else None)

    def _end_silent(self) -> None:
        """Give up the requests of which nothing was heard for too long, now and a little later.

        libcurl has no such limit: its lowest speed is an average, and the head of an answer does not count.
        """
        latest = time.monotonic() - self._silence
        for handle, future in self._running.items():
            if handle.heard_at < latest and not future.done():
                future.set_exception(TimeoutError())
        again = self._silence / 12
        self._sweep = asyncio.get_running_loop().call_later(again, self._end_silent) if self._running else None


def _common(patience: Patience) -> dict[int, object]:
    file, folder = authorities()
    return {
        pycurl.POST: 1,
        pycurl.HTTP_VERSION: pycurl.CURL_HTTP_VERSION_1_1,
        pycurl.PATH_AS_IS: 1,
        pycurl.FOLLOWLOCATION: 0,
        pycurl.NETRC: pycurl.NETRC_IGNORED,
        pycurl.USERAGENT: "guide",
        pycurl.NOSIGNAL: 1,  # the sender is a thread
        pycurl.SSL_VERIFYPEER: 1,
        pycurl.SSL_VERIFYHOST: 2,
        pycurl.CAINFO: file,
        pycurl.CAPATH: folder,
        pycurl.PROXY_CAINFO: file,
        pycurl.PROXY_CAPATH: folder,
        pycurl.CONNECTTIMEOUT_MS: round(patience.connect * 1000),
        pycurl.TIMEOUT_MS: round(patience.whole * 1000),
        pycurl.MAXAGE_CONN: IDLE,
        pycurl.DNS_CACHE_TIMEOUT: IDLE,
    }


def _way(proxy: str | None) -> dict[int, object]:
    """Out through ``proxy``, or straight; whatever the environment says."""
    if proxy is None:
        return {pycurl.PROXY: "", pycurl.NOPROXY: "*"}
    return {
        pycurl.PROXY: proxy,
        pycurl.NOPROXY: "",
        pycurl.HTTPPROXYTUNNEL: 1,
        pycurl.HEADEROPT: pycurl.HEADER_SEPARATE,  # the fields of a message are not the proxy's to read
    }
