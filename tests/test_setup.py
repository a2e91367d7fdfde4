"""What `make start` says when something is missing: one sentence in Chinese, one in English.

The machine that lacks it is made up: a copy of the scripts, and a search path with little
on it. Nothing is downloaded, and the repository's own environment is not touched.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import shutil
import socket
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PYTHON = str(Path(sys.base_prefix, "bin", f"python{sys.version_info[0]}.{sys.version_info[1]}"))

Start = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """The parts of the repository that `make start` needs before it builds anything."""
    folder = tmp_path / "clone"
    folder.mkdir()
    for name in ("Makefile", "pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / name, folder)
    shutil.copytree(ROOT / "scripts", folder / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
    return folder


@pytest.fixture
def start(clone: Path, tmp_path: Path) -> Start:
    """Run `make start` where only make, a shell and the commands written by `pretend` are."""
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("make", "sh", "env"):
        (tools / name).symlink_to(str(shutil.which(name)))

    def start(*settings: str, python: str | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
        if python is not None:
            (tools / "python3").write_text(f"#!{tools}/sh\n{python}\n")
            (tools / "python3").chmod(0o755)
        return subprocess.run(
            ["make", "--no-print-directory", "start", *settings],
            cwd=clone,
            env={"PATH": str(tools), "HOME": str(tmp_path), "LANG": "C.UTF-8", **environment},
            capture_output=True,
            text=True,
        )

    return start


def sentences(answer: subprocess.CompletedProcess[str]) -> list[str]:
    """What was said, without make's own last word."""
    assert answer.returncode != 0
    assert "Traceback" not in answer.stderr
    return [line for line in answer.stderr.splitlines() if not line.startswith("make: ***")]


def test_no_python_at_all(start: Start) -> None:
    assert sentences(start()) == [
        "缺少 python3：请运行 sudo apt install python3 python3-venv，然后再试一次。",
        "python3 is missing: run `sudo apt install python3 python3-venv` and try again.",
    ]


def test_an_old_python(start: Start) -> None:
    """It is asked for its version in a process of its own, and says 3.9 there."""
    old = f'test "$1" = -c && {{ echo 3 9; exit 0; }}\nexec {PYTHON} -c "{PRETEND}" "$0" "$@"'
    assert sentences(start(python=old)) == [
        "需要 Python 3.11 或更新的版本，这里的是 3.9。装好后运行 make start PYTHON=新版本的路径。",
        "Python 3.11 or newer is needed, this is 3.9. Install one and run `make start PYTHON=its-path`.",
    ]


def test_python_without_venv(start: Start, tmp_path: Path) -> None:
    """Debian and Ubuntu ship Python without ensurepip."""
    lacking = tmp_path / "lacking"
    lacking.mkdir()
    (lacking / "ensurepip.py").write_text("raise ModuleNotFoundError('No module named ensurepip')")
    without = f'export PYTHONPATH={lacking}\nexec {PYTHON} -c "{PRETEND}" "$0" "$@"'
    assert sentences(start(python=without)) == [
        "缺少 python3-venv：请运行 sudo apt install python3-venv，然后再试一次。",
        "The Python package python3-venv is missing: run `sudo apt install python3-venv` and try again.",
    ]


PRETEND = """
import runpy, sys
sys.executable, sys.argv = sys.argv[1], sys.argv[2:]
if sys.argv[0] == '-c':
    exec(sys.argv[1])
else:
    sys.path.insert(0, 'scripts')
    runpy.run_path(sys.argv[0], run_name='__main__')
"""
"""Runs a script like Python does, but takes the pretending command for Python itself."""


def test_a_port_that_is_taken(start: Start) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        said = sentences(start(f"PORT={port}", python=f'exec {PYTHON} "$@"'))
    free = port + 1 if port < 65535 else 8000
    assert said == [
        f"端口 {port} 已被别的程序占用：请换一个，例如 make start PORT={free}。",
        f"Port {port} is taken by another program: choose another one, such as `make start PORT={free}`.",
    ]


@pytest.mark.parametrize("port", ["x", "70000", "-1", ""])
def test_a_port_that_is_none(start: Start, port: str) -> None:
    assert sentences(start(f"PORT={port}", python=f'exec {PYTHON} "$@"')) == [
        f"端口 {port} 不对：请写 1024 到 65535 之间的数字，例如 make start PORT=8001。",
        f"{port} is no port: give a number from 1024 to 65535, such as `make start PORT=8001`.",
    ]


def test_no_network_at_the_first_start(start: Start, clone: Path) -> None:
    """A proxy where nobody listens is what no network looks like to pip."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        nowhere = f"http://127.0.0.1:{closed.getsockname()[1]}"
    answer = start(
        "PORT=0", python=f'exec {PYTHON} "$@"',
        HTTPS_PROXY=nowhere, HTTP_PROXY=nowhere, PIP_RETRIES="0", PIP_CONFIG_FILE="/dev/null",
    )  # fmt: skip
    assert sentences(answer) == [
        "下载不了依赖：第一次启动需要联网，请检查网络（或代理、镜像设置）后再试一次。",
        "The libraries could not be downloaded: the first start needs a network. "
        "Check the connection (or the proxy, or pip's mirror) and try again.",
    ]
    # The next start does not take the half-made environment for a whole one.
    assert not (clone / ".venv/guide-setup.json").exists()


# --- what a lock names, and nothing else ----------------------------------------------


def wheel(folder: Path, name: str, version: str, *metadata: str) -> str:
    """Write a package without content; gives its entry for a lock file."""
    info = f"{name}-{version}.dist-info"
    head = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}", *metadata]
    path = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(f"{info}/METADATA", "\n".join(head) + "\n")
        file.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        file.writestr(f"{info}/RECORD", "".join(f"{info}/{part},,\n" for part in ("METADATA", "WHEEL", "RECORD")))
    return f"{name}=={version} \\\n    --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


@pytest.fixture
def install(clone: Path, tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Install a lock with the given entries from the folder ``shop``, with no index."""
    (tmp_path / "shop").mkdir()
    subprocess.run([PYTHON, "-m", "venv", "--without-pip", str(clone / ".venv")], check=True)
    # That of our own environment: installing one takes longer than all the rest.
    (pip,) = importlib.util.find_spec("pip").submodule_search_locations
    next((clone / ".venv").glob("lib/python*/site-packages")).joinpath("pip").symlink_to(pip)

    def install(*entries: str) -> subprocess.CompletedProcess[str]:
        entries = (wheel(tmp_path / "shop", "setuptools", "99"), *entries)
        (clone / "small.lock").write_text("".join(entries))
        program = "import setup\nwith setup.plainly(): setup.install_lock('../small.lock')"
        return subprocess.run(
            [PYTHON, "-c", program],
            cwd=clone / "scripts",
            env={"PIP_CONFIG_FILE": "/dev/null", "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(tmp_path / "shop")},
            capture_output=True,
            text=True,
        )

    return install


def test_a_newer_version_than_that_of_the_lock_does_not_matter(
    install: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    """pip would look for the newest version of a package that another one wants with an extra."""
    shop = tmp_path / "shop"
    hot = ("Provides-Extra: hot", "Requires-Dist: pepper; extra == 'hot'")
    lock = [wheel(shop, "dish", "1", "Requires-Dist: sauce[hot]>=1"), wheel(shop, "pepper", "1")]
    lock.append(wheel(shop, "sauce", "1", *hot))
    wheel(shop, "sauce", "2", *hot)
    answer = install(*lock)
    assert answer.returncode == 0, answer.stderr


def test_a_lock_with_a_gap_is_noticed(install: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path) -> None:
    answer = install(wheel(tmp_path / "shop", "dish", "1", "Requires-Dist: sauce>=1"))
    assert "dish 1 requires sauce" in answer.stderr
    assert answer.returncode == 1


# --- an environment that is there already --------------------------------------------


@pytest.fixture
def environment(clone: Path) -> Path:
    """An environment with one package, as a complete setup leaves it."""
    venv = clone / ".venv"
    subprocess.run([PYTHON, "-m", "venv", "--without-pip", str(venv)], check=True)
    site = next(venv.glob("lib/python*/site-packages"))
    (site / "thing.py").write_text("x = 1\n")
    (site / "thing-1.dist-info").mkdir()
    (site / "thing-1.dist-info/RECORD").write_text(
        "thing.py,sha256=_,6\nthing-1.dist-info/RECORD,,\n__pycache__/thing.pyc,,\n"
    )
    state = {"root": str(clone), "python": list(sys.version_info[:2]), "packages": 1, "installed": {}}
    (venv / "guide-setup.json").write_text(json.dumps(state))
    return site


def damage(clone: Path) -> str:
    """What the setup finds wrong with the environment of ``clone``."""
    program = "import setup; print(setup.damage(setup.read_state(), setup.find_python()))"
    answer = subprocess.run([PYTHON, "-c", program], cwd=clone / "scripts", capture_output=True, text=True, check=True)
    return answer.stdout.strip()


def test_a_sound_environment_is_kept(clone: Path, environment: Path) -> None:
    assert damage(clone) == "None"


def test_a_lost_file_is_noticed(clone: Path, environment: Path) -> None:
    (environment / "thing.py").unlink()
    assert damage(clone) == f"缺少或损坏了文件 {(environment / 'thing.py').relative_to(clone)}"


def test_a_file_that_was_cut_off_is_noticed(clone: Path, environment: Path) -> None:
    (environment / "thing.py").write_text("x")
    assert damage(clone) == f"缺少或损坏了文件 {(environment / 'thing.py').relative_to(clone)}"


def test_a_lost_package_is_noticed(clone: Path, environment: Path) -> None:
    shutil.rmtree(environment / "thing-1.dist-info")
    assert damage(clone) == "缺少依赖"


def test_another_python_is_noticed(clone: Path, environment: Path) -> None:
    state = clone / ".venv/guide-setup.json"
    state.write_text(state.read_text().replace(f'"python": [3, {sys.version_info[1]}]', '"python": [3, 10]'))
    assert damage(clone) == "Python 换了版本"


def test_a_python_that_is_gone_is_noticed(clone: Path, environment: Path) -> None:
    python = clone / ".venv/bin/python"
    python.unlink()
    python.symlink_to("/nowhere/python3")
    assert damage(clone) == "Python 换了版本"


def test_a_moved_folder_is_noticed(clone: Path, environment: Path, tmp_path: Path) -> None:
    moved = clone.rename(tmp_path / "elsewhere")
    assert damage(moved) == "文件夹换了位置"
