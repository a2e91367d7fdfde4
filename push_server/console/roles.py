"""What staff may do. An account may have several roles."""

from __future__ import annotations

ROLES = {"desk": "预审台", "window": "窗口台", "editor": "编辑", "admin": "管理员"}

AT_TABLETS = frozenset({"desk", "window"})
"""A short code on a shared tablet opens these and no more."""
