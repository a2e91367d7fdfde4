"""One of libcurl's easy handles: a request, and what became of it."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass

import pycurl

from .guard import Guard

LARGEST_HEAD, LARGEST_BODY = 32_768, 4096
"""Bytes of an answer that are read; a longer head is no answer, a body is cut off."""

_REASONS = {
    pycurl.E_COULDNT_RESOLVE_HOST: "name-unknown",
    pycurl.E_COULDNT_RESOLVE_PROXY: "proxy-name-unknown",
    pycurl.E_COULDNT_CONNECT: "not-connected",
    pycurl.E_SSL_CONNECT_ERROR: "tls-failed",
    pycurl.E_PEER_FAILED_VERIFICATION: "certificate-refused",
    pycurl.E_SSL_CACERT_BADFILE: "authorities-unreadable",
    pycurl.E_OPERATION_TIMEDOUT: "timeout",
    pycurl.E_GOT_NOTHING: "no-answer",
    pycurl.E_SEND_ERROR: "broken-off",
    pycurl.E_RECV_ERROR: "broken-off",
    pycurl.E_PARTIAL_FILE: "broken-off",
    pycurl.E_WRITE_ERROR: "answer-too-long",
}


@dataclass(frozen=True, slots=True)
class Reply:
    """``retry_after`` is the field as it came (RFC 9110 §10.2.3), empty without one."""

    status: int
    retry_after: str


class TransferError(Exception):
    """No answer. ``reason`` is short and has no address in it; ``left`` tells that the request may have arrived."""

    def __init__(self, reason: str, left: bool) -> None:
        super().__init__(reason)
        self.reason = reason
        self.left = left


class Handle:
    """For one request after the other, as long as none fails: what a handle knows of a failure must not be
    taken for the next request's."""

    def __init__(self, options: Mapping[int, object], guard: Guard | None) -> None:
        self.curl = pycurl.Curl()
        for option, value in options.items():
            self.curl.setopt(option, value)
        self.curl.setopt(pycurl.PREREQFUNCTION, self._begin)
        self.curl.setopt(pycurl.HEADERFUNCTION, self._take_head)
        self.curl.setopt(pycurl.WRITEFUNCTION, self._take_body)
        if guard is not None:
            self.curl.setopt(pycurl.OPENSOCKETFUNCTION, guard)
        self._guard = guard
        self._head: list[bytes] = []
        self._head_size = self._body_size = 0
        self.heard_at = float("inf")
        """When the request began to leave, or something was heard of it since; by the steady clock."""

    def load(self, url: str, body: bytes, fields: list[str]) -> pycurl.Curl:
        """Ready to post ``body`` with the header ``fields``."""
        self._head = []
        self._head_size = self._body_size = 0
        self.heard_at = float("inf")
        if self._guard is not None:
            self._guard.refused = False
        self.curl.setopt(pycurl.URL, url)
        self.curl.setopt(pycurl.POSTFIELDS, body)
        self.curl.setopt(pycurl.HTTPHEADER, fields)
        return self.curl

    @property
    def left(self) -> bool:
        """Whether the request may have arrived."""
        # Bytes of the request itself, not of what a proxy is asked; also those of a first try that went out on
        # a connection that was closed just then, before libcurl tries once more on a new one.
        return self.curl.getinfo(pycurl.REQUEST_SIZE) > 0

    def reply(self) -> Reply:
        retry_after = ""
        for line in self._head:
            if line.startswith(b"HTTP/"):  # before it came what a proxy or an interim answer said
                retry_after = ""
            elif line[:12].lower() == b"retry-after:":
                retry_after = line[12:].decode("latin-1").strip()
        return Reply(self.curl.getinfo(pycurl.RESPONSE_CODE), retry_after)

    def failed(self, code: int) -> Reply:
        """The answer where only the rest of its body was not wanted. Raises ``TransferError``."""
        if code == pycurl.E_WRITE_ERROR and self._body_size > LARGEST_BODY:
            return self.reply()
        raise TransferError(self._reason(code), self.left)

    def _reason(self, code: int) -> str:
        connected = self.curl.getinfo(pycurl.HTTP_CONNECTCODE)
        if connected and not 200 <= connected < 300:
            # The proxy's own no is no answer of the push service; its words may hold anything.
            return f"proxy-{connected}"
        if code == pycurl.E_COULDNT_CONNECT and self._guard is not None and self._guard.refused:
            return "address-refused"
        if code == pycurl.E_OPERATION_TIMEDOUT and not self.left:
            return "connect-timeout"
        return _REASONS.get(code, f"curl-{code}")

    def _begin(self, *_connection: object) -> int:
        self.heard_at = time.monotonic()
        return pycurl.PREREQFUNC_OK

    def _take_head(self, line: bytes) -> int | None:
        self.heard_at = time.monotonic()
        self._head_size += len(line)
        if self._head_size > LARGEST_HEAD:
            return -1
        self._head.append(line)
        return None

    def _take_body(self, piece: bytes) -> int | None:
        self.heard_at = time.monotonic()
        self._body_size += len(piece)
        return -1 if self._body_size > LARGEST_BODY else None
