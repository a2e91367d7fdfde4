"""What must be in order before the server starts. Every trouble is one ``StartupError``."""

from __future__ import annotations

import os
import shutil
from contextlib import closing
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy.exc import SQLAlchemyError

from .errors import StartupError
from .keys import FILE as KEY_FILE
from .keys import fingerprint, key_files, load_keys, make_key, public_key
from .published import DataError, Published
from .settings import Settings
from .store import Store
from .store.copying import copy_rows
from .store.database import FILE as DATABASE_FILE
from .store.database import copy_database
from .store.postgres import open_postgres


def open_site(settings: Settings) -> Published:
    """The published data of a site that is built and readable."""
    site = settings.site
    if not os.path.isfile(site / "index.html"):
        raise StartupError(
            f"{site.absolute()} 里没有生成好的网站 — 请先生成网站（guide build），或用 --site 指到正确的目录"
        )
    try:
        return Published(site)
    except DataError as error:
        raise StartupError(
            f"网站数据读不了：{site.absolute()}/{error} — 请重新生成网站（guide build）后再启动"
        ) from None


def open_data(settings: Settings) -> tuple[Store, list[ec.EllipticCurvePrivateKey]]:
    """Database and keys, both made on the very first start.

    One without the other means that something was lost. Going on would silently cut off
    everybody who subscribed, so that decision is left to a person.
    """
    folder = settings.data.absolute()
    _keep_apart(settings)
    _prepare(folder)
    store, keys = _open_file(folder) if settings.database is None else _open_shared(settings, folder)
    if settings.centre and (whose := store.agreed.first("centre", settings.centre)) != settings.centre:
        store.close()
        raise StartupError(
            f"这个数据库是中心 {whose} 的，不是 {settings.centre} 的 — 请检查 PUSH_DATA 和 DATABASE_URL；只是改代号，就改回 {whose}"
        )
    return store, keys


def _open_file(folder: Path) -> tuple[Store, list[ec.EllipticCurvePrivateKey]]:
    database, key = folder / DATABASE_FILE, folder / KEY_FILE
    if key.exists() and not database.exists():
        raise StartupError(
            f"{folder} 里有密钥却没有数据库 {database.name} — 请从备份恢复；确实要从零开始，就把 {key.name} 也移走"
        )
    store = Store(folder)
    try:
        if not key.exists():
            if store.subscribers.count():
                raise StartupError(
                    f"{folder} 里有订阅却没有密钥 {key.name} — 请从备份恢复；换新密钥会让已订阅的手机全部收不到提醒"
                )
            make_key(folder)
        return store, load_keys(folder)
    except StartupError:
        store.close()
        raise


def copy(settings: Settings, url: str) -> dict[str, int]:
    """Copy the database of the data directory to ``url`` in PostgreSQL; rows by table. A server may be
    running, and what it writes meanwhile is missing. Raises ``StartupError``."""
    data = settings.data.absolute()
    if not (data / DATABASE_FILE).is_file():
        raise StartupError(f"{data} 里没有 {DATABASE_FILE} — 请用 --data 写明推送服务的数据目录")
    with closing(Store(data)) as source:
        engine, _ = open_postgres(url)
        try:
            return copy_rows(source.reading, engine)
        except SQLAlchemyError as error:
            cause = type(getattr(error, "orig", None) or error).__name__
            raise StartupError(f"拷贝没有成功（{cause}）— 新数据库没有改动，请检查数据库服务后再拷一次") from None
        finally:
            engine.dispose()


def agree(store: Store, name: str, file: Path, content: bytes) -> None:
    """See to it that all nodes have the same key ``name``. Raises ``StartupError``."""
    if store.shared and store.agreed.first(name, fingerprint(content)) != fingerprint(content):
        raise StartupError(
            f"{file} 和别的节点上的不一样 — 所有节点要用同一把密钥，请从已经在用的节点把 {file.name} 拷过来"
        )


def agree_anew(store: Store, folder: Path) -> None:
    """The key in ``folder`` has been rotated: the other nodes have to get it."""
    if store.shared:
        store.agreed.change("vapid", fingerprint(public_key(load_keys(folder)[0]).encode()))


def agree_anew_on_secret(store: Store, secret: bytes) -> None:
    """The same, of what signs the cookies of the console."""
    if store.shared:
        store.agreed.change("console", fingerprint(secret))


def _open_shared(settings: Settings, folder: Path) -> tuple[Store, list[ec.EllipticCurvePrivateKey]]:
    """The same, where the database is in PostgreSQL: the key is made by the first of all nodes."""
    store, key = Store(folder, settings.database, keep=settings.kept_connections), folder / KEY_FILE
    try:
        if not key.exists():
            if store.agreed.value("vapid") is not None or store.subscribers.count():
                raise StartupError(
                    f"数据库已经在用，{folder} 里却没有密钥 {key.name} — 请从别的节点或备份把 vapid*.pem 拷到这里；"
                    "换新密钥会让已订阅的手机全部收不到提醒"
                )
            make_key(folder)
        keys = load_keys(folder)
        agree(store, "vapid", key, public_key(keys[0]).encode())
        return store, keys
    except StartupError:
        store.close()
        raise


def backup(settings: Settings, folder: Path) -> None:
    """Copy database and key into the new ``folder``, whole or not at all. A server may be running.

    Copying the files by hand is no backup: what is written meanwhile tears them apart.
    """
    if settings.database is not None:
        raise StartupError(
            "数据在 PostgreSQL 里 — 请用 pg_dump 备份数据库，再拷走数据目录里的 vapid*.pem 和 console.key（见 docs/operations.md）"
        )
    data = settings.data.absolute()
    missing = [name for name in (DATABASE_FILE, KEY_FILE) if not (data / name).is_file()]
    if missing:
        raise StartupError(f"{data} 里没有 {missing[0]} — 请用 --data 写明推送服务的数据目录")
    if folder.exists():
        raise StartupError(f"{folder} 已经有了 — 请换一个还没有的目录，例如加上日期")
    draft = folder.with_name(f"{folder.name}.{os.getpid()}.new")
    try:
        draft.mkdir(mode=0o700, parents=True)
        copy_database(data, draft)
        for file in key_files(data):
            shutil.copy(file, draft)
            (draft / file.name).chmod(0o600)
        draft.rename(folder)
    except OSError as error:
        raise StartupError(f"备份写不进 {folder}（{error.strerror}）— 请检查目录权限和磁盘空间") from None
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _keep_apart(settings: Settings) -> None:
    """What lies in the site is handed to everybody: the keys and all subscriptions, too."""
    site, data = (Path(os.path.realpath(folder)) for folder in (settings.site, settings.data))
    if data.is_relative_to(site):
        raise StartupError(
            f"数据目录 {settings.data.absolute()} 在网站目录 {settings.site.absolute()} 里面，谁都看得到 — 请用 --data 换一个目录"
        )


def _prepare(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        probe = folder / f".probe.{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise StartupError(
            f"数据目录 {folder} 写不进去（{error.strerror}）— 请检查目录权限和磁盘空间，或用 --data 换一个目录"
        ) from None
