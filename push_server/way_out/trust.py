"""Whose certificates are trusted: the authorities of the system, or those that the operator names."""

from __future__ import annotations

import os
import ssl
from collections.abc import Mapping


def authorities(environment: Mapping[str, str] = os.environ) -> tuple[str | None, str | None]:
    """(file, folder) of the certificates of the authorities that Python's own ``ssl`` trusts.

    ``SSL_CERT_FILE`` and ``SSL_CERT_DIR`` are honoured. A system has mostly both, with the same in
    them; then the folder is left out, since libcurl keeps what it has read of a file for the next
    connection, and with a folder reads both anew each time.
    """
    paths = ssl.get_default_verify_paths()
    if paths.cafile and paths.openssl_capath_env not in environment:
        return paths.cafile, None
    return paths.cafile, paths.capath
