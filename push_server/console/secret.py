"""What signs the cookies of the console: made once, beside the database."""

from __future__ import annotations

import secrets
from pathlib import Path

from ..errors import StartupError
from ..keys import write_once

FILE = "console.key"
_BYTES = 32


def renew_secret(folder: Path) -> bytes:
    """A new one in place of the one that is there; all staff are signed out. Raises ``StartupError``."""
    path = folder / FILE
    if not path.exists():
        raise StartupError(f"{folder} 里没有 {FILE} — 请用 --data 写明推送服务的数据目录")
    draft, secret = folder / f"{FILE}.new", secrets.token_bytes(_BYTES)
    try:
        draft.unlink(missing_ok=True)
        write_once(draft, secret)
        draft.replace(path)
    except OSError as error:
        raise StartupError(f"换不了 {path}（{error.strerror}）— 请检查权限和磁盘空间；原来的没有动") from None
    return secret


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
