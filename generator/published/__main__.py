"""Checks scripts beside a build: texts by path as JSON on stdin, problems as JSON on stdout."""

from __future__ import annotations

import gc
import sys

import msgspec

from .scripts import check_scripts

if __name__ == "__main__":
    gc.disable()
    texts = msgspec.json.decode(sys.stdin.buffer.read(), type=dict[str, str])
    sys.stdout.buffer.write(msgspec.json.encode(list(check_scripts(texts))))
