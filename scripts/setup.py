"""Bring .venv up to date with the lock files, or say in one sentence what is missing.

    python3 scripts/setup.py run     what starting the guide needs
    python3 scripts/setup.py test    that, and what the tests need

Installs nothing when nothing changed. Only the standard library, and nothing that a
Python of 2018 would not understand: the first job is to tell people whose Python is old.
"""

import contextlib
import csv
import fcntl
import glob
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
STATE = os.path.join(VENV, "guide-setup.json")
OLDEST = (3, 11)
# Each holds all of those before it.
LOCKS = {"run": "requirements.lock", "test": "requirements-test.lock", "bench": "requirements-bench.lock"}

NO_NETWORK = (
    "connection broken",
    "NewConnectionError",
    "ConnectTimeout",
    "ReadTimeout",
    "name resolution",
    "Network is unreachable",
    "ProxyError",
    "from versions: none",
)


class Missing(Exception):
    """Something that a person has to mend; said in Chinese for staff, in English for developers."""

    def __init__(self, chinese, english):
        super().__init__(f"{chinese}\n{english}")


def say(text):
    print(text, flush=True)


def ensure(kind):
    """Make ``.venv`` hold what ``kind`` (a key of ``LOCKS``) needs; raises ``Missing``."""
    base = find_python()
    # Two setups at once (a test run beside a start) would spoil each other's work.
    with open(os.path.join(ROOT, LOCKS["run"])) as guard:
        fcntl.flock(guard, fcntl.LOCK_EX)
        state = read_state()
        if state is not None:
            reason = damage(state, base)
            if reason:
                say(f"重新准备运行环境：{reason} / Rebuilding .venv")
                state = None
        if state is None:
            create(base)
            state = {"root": ROOT, "python": list(base[1]), "installed": {}}
        update(state, kind)
        compile_sources()


def find_python():
    """(path, version) of a Python that is new enough and can make virtual environments."""
    candidates = [sys.executable]
    candidates += [shutil.which(f"python3.{minor}") for minor in (14, 13, 12, 11)]
    seen = []
    for path in filter(None, candidates):
        probe = "import sys; print(*sys.version_info[:2], flush=True); import ensurepip, venv; ensurepip.version()"
        answer = run([path, "-c", probe])
        version = tuple(int(part) for part in answer.stdout.split()[:2] if part.isdigit())
        seen.append(version)
        if version >= OLDEST and answer.returncode == 0:
            return path, version
    newest = max(seen)
    if newest >= OLDEST:
        package = "python{}.{}-venv".format(*newest) if seen[0] < OLDEST else "python3-venv"
        raise Missing(
            f"缺少 {package}：请运行 sudo apt install {package}，然后再试一次。",
            f"The Python package {package} is missing: run `sudo apt install {package}` and try again.",
        )
    have, want = "{}.{}".format(*seen[0]), "{}.{}".format(*OLDEST)
    raise Missing(
        f"需要 Python {want} 或更新的版本，这里的是 {have}。装好后运行 make start PYTHON=新版本的路径。",
        f"Python {want} or newer is needed, this is {have}. Install one and run `make start PYTHON=its-path`.",
    )


def read_state():
    """What the last setup left behind; ``None`` when there is none, or it was interrupted."""
    try:
        with open(STATE) as file:
            return json.load(file)
    except (OSError, ValueError):
        return None


def damage(state, base):
    """Why the environment cannot be used as it is, or ``None``."""
    if state["root"] != ROOT:
        return "文件夹换了位置"  # the scripts in bin/ name the old one
    if tuple(state["python"]) != tuple(base[1]):
        return "Python 换了版本"
    answer = run([PYTHON, "-I", "-c", "import sys; print(*sys.version_info[:2])"])
    if answer.returncode or answer.stdout.split() != [str(part) for part in state["python"]]:
        return "Python 换了版本"
    if len(packages()) < state["packages"]:
        return "缺少依赖"
    lost = lost_file()
    return f"缺少或损坏了文件 {os.path.relpath(lost, ROOT)}" if lost else None


def lost_file():
    """A file that an installed package should have and has not, or not in full length."""
    for package in packages():
        record = os.path.join(package, "RECORD")
        if not os.path.isfile(record):
            return record
        with open(record, encoding="utf-8", newline="") as file:
            for name, _, size in csv.reader(file):
                path = os.path.join(os.path.dirname(package), name)
                if path.endswith(".pyc"):
                    continue
                if not os.path.exists(path) or (size and os.path.getsize(path) != int(size)):
                    return path
    return None


def packages():
    """The folders that describe the installed packages."""
    return glob.glob(os.path.join(glob.escape(VENV), "lib", "python*", "site-packages", "*.dist-info"))


def create(base):
    say("准备运行环境 .venv / Creating .venv")
    answer = run([base[0], "-m", "venv", "--clear", VENV])
    if answer.returncode:
        raise Missing(
            f"建不了 {VENV}：请看上面的说明，常见的原因是磁盘满了或者没有写权限。",
            f"{VENV} could not be created; see above. Usually the disk is full or not writable.",
        ) from told(answer)


def update(state, kind):
    """Install what the lock of ``kind`` asks for, if it is not what was installed last."""
    wanted = fingerprint(LOCKS[kind])
    project = fingerprint("pyproject.toml")
    installed = state["installed"]
    have = installed.get(kind)
    if have == wanted and installed.get("project") == project:
        return
    if os.path.exists(STATE):
        os.remove(STATE)  # an interrupted installation must not pass for a complete one
    if have != wanted:
        say("安装依赖，第一次需要一两分钟 / Installing the libraries, a minute or two the first time")
        install_lock(os.path.join(ROOT, LOCKS[kind]))
        installed.clear()
        for name in LOCKS:
            installed[name] = fingerprint(LOCKS[name])
            if name == kind:
                break
    install("--no-deps", "--no-build-isolation", "--editable", ROOT)
    installed["project"] = project
    state["packages"] = len(packages())
    with open(STATE, "w") as file:
        json.dump(state, file)


def install_lock(lock):
    """Install a lock file; every file that is downloaded has to have a digest of the lock.

    setuptools goes first, and builds are not isolated: pip would fetch another one, with
    no digest to hold it against, for the few packages that are published as source only.
    Nothing is resolved again: the lock is complete, and for a package that another one wants
    with an extra pip asks for the newest version whatever the lock says. That the versions fit
    together is checked afterwards.
    """
    with tempfile.TemporaryDirectory() as folder:
        first = os.path.join(folder, "setuptools.lock")
        with open(first, "w", encoding="utf-8") as file:
            file.write(entry_of("setuptools", lock))
        install("--no-deps", "--require-hashes", "--requirement", first)
    install("--no-deps", "--require-hashes", "--no-build-isolation", "--use-pep517", "--requirement", lock)
    pip("check")


def entry_of(package, lock):
    lines = []
    with open(lock, encoding="utf-8") as file:
        for line in file:
            if line.startswith(f"{package}=="):
                lines.append(line)
            elif lines and not line.startswith(" "):
                break
            elif lines:
                lines.append(line)
    return "".join(lines)


def install(*arguments):
    pip("install", "--quiet", *arguments)


def pip(*arguments):
    """Run pip; it speaks only when it fails."""
    command = [PYTHON, "-m", "pip", "--disable-pip-version-check", "--no-input", *arguments]
    answer = run(command)
    if answer.returncode == 0:
        return
    if any(word in answer.stdout for word in NO_NETWORK) and "SSLError" not in answer.stdout:
        raise Missing(
            "下载不了依赖：第一次启动需要联网，请检查网络（或代理、镜像设置）后再试一次。",
            "The libraries could not be downloaded: the first start needs a network. "
            "Check the connection (or the proxy, or pip's mirror) and try again.",
        )
    raise Missing(
        "依赖没有装好，原因见上面 pip 的说明；改好后再运行一次即可。",
        "The libraries could not be installed; pip says why above. Mend that and run again.",
    ) from told(answer)


def told(answer):
    """The end of what a failed command said, for the person to read before our sentence."""
    print("\n".join(answer.stdout.strip().splitlines()[-15:]), file=sys.stderr)
    return None


def compile_sources():
    """Byte code next to the sources: the commands start in half the time."""
    run([PYTHON, "-m", "compileall", "-q", os.path.join(ROOT, "generator"), os.path.join(ROOT, "push_server")])


def run(command):
    """Run a command; its output, both streams in one, and its exit code (127: no such command)."""
    try:
        return subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        )
    except OSError as error:
        return subprocess.CompletedProcess(command, 127, stdout=str(error))


def fingerprint(name):
    with open(os.path.join(ROOT, name), "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


@contextlib.contextmanager
def plainly():
    """End with one sentence instead of a traceback."""
    try:
        yield
    except Missing as error:
        print(error, file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    with plainly():
        ensure(sys.argv[1])
