"""Another key for the cookies of the console: all staff sign in anew, on all nodes with the same."""

from __future__ import annotations

import shutil

import pytest
from click.testing import CliRunner

from push_server.__main__ import main
from push_server.errors import StartupError
from push_server.settings import Settings

from .conftest import BOTH, Start

BACKENDS = BOTH


def rotate(settings: Settings) -> None:
    done = CliRunner(env={"DATABASE_URL": settings.database}).invoke(
        main, ["--site", str(settings.site), "--data", str(settings.data), "rotate-console-key"]
    )
    assert done.exit_code == 0, done.output
    assert "重新登录" in done.output
    assert ("别的节点" in done.output) == (settings.database is not None)


def test_it_is_another_one_from_then_on(start: Start, settings: Settings) -> None:
    server = start()
    before = server.app.config["SECRET_KEY"]
    server.close()
    copied = settings.data.with_name("copied")
    shutil.copytree(settings.data, copied)
    rotate(settings)
    assert sorted(path.name for path in settings.data.iterdir()) == sorted(path.name for path in copied.iterdir())
    assert (settings.data / "console.key").stat().st_mode & 0o777 == 0o600
    again = start()
    assert again.app.config["SECRET_KEY"] not in (None, before)
    if settings.database is not None:
        with pytest.raises(StartupError, match=r"console\.key 和别的节点上的不一样"):
            start(data=copied)
        shutil.copy2(settings.data / "console.key", copied)
        assert start(data=copied).app.config["SECRET_KEY"] == again.app.config["SECRET_KEY"]


def test_there_has_to_be_one(start: Start, settings: Settings) -> None:
    start().close()
    (settings.data / "console.key").unlink()
    done = CliRunner(env={"DATABASE_URL": settings.database}).invoke(
        main, ["--data", str(settings.data), "rotate-console-key"]
    )
    assert isinstance(done.exception, StartupError)
    assert not (settings.data / "console.key").exists()
