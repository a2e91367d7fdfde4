"""nginx by itself in a folder: what a configuration of docs/deploy needs around it, for tests and benchmarks."""

from __future__ import annotations

import os
from pathlib import Path

_MAIN = """
daemon off;
{user}
worker_processes 1;
pid {folder}/nginx.pid;
error_log stderr {level};
events {{ worker_connections 256; }}
http {{
    {log}
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    include {folder}/guide.conf;
}}
"""


def command(binary: str, folder: Path, servers: str, *, log: str = "access_log off;", level: str = "warn") -> list[str]:
    """The words that start ``binary`` with ``servers`` (``server`` blocks), all of whose files lie in ``folder``."""
    (folder / "guide.conf").write_text(servers, "utf-8")
    # Started by root it would work as somebody who may not enter this folder.
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "main.conf").write_text(_MAIN.format(folder=folder, user=user, log=log, level=level), "utf-8")
    return [binary, "-p", str(folder), "-c", str(folder / "main.conf"), "-e", "stderr"]
