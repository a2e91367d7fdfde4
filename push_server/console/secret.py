"""What signs the cookies of the console: made once, beside the database."""

from __future__ import annotations

import secrets
from pathlib import Path

from ..errors import StartupError
from ..keys import write_once

FILE = "console.key"
_BYTES = 32


def load_secret(folder: Path) -> bytes:
    """Made where there is none: losing it signs out all staff, and nothing else. Raises
    ``StartupError`` for a file that cannot be used."""
    path = folder / FILE
    if not path.exists():
        write_once(path, secrets.token_bytes(_BYTES))
    try:
        secret = path.read_bytes()
    except OSError as error:
        raise StartupError(f"读不了密钥文件 {path}（{error.strerror}）— 请检查文件权限后再启动") from None
    if len(secret) != _BYTES:
        raise StartupError(f"密钥文件 {path} 已损坏 — 删掉它再启动会换新的，工作台要重新登录")
    return secret
