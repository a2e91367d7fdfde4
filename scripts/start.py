"""From a fresh clone to a guide that is served: environment, build, server.

python3 scripts/start.py 8000
"""

import errno
import os
import socket
import subprocess
import sys

from setup import PYTHON, ROOT, Missing, ensure, plainly


def main():
    port = check_port(sys.argv[1])
    ensure("run")
    os.chdir(ROOT)
    if subprocess.call([PYTHON, "-m", "generator", "build", "--exports"]):
        sys.exit(1)  # the build has said why
    if subprocess.call([PYTHON, "-m", "generator", "publish"]):
        sys.exit(1)
    # Whoever only looks sees a hall that is alive; the first real word ends the demonstration.
    os.environ.setdefault("PUSH_DEMO", "on")
    # The server takes this process's place: Ctrl-C reaches it, and its exit code is ours.
    os.execv(PYTHON, [PYTHON, "-m", "push_server", "--site", "build/site", "--data", "var", "--port", str(port)])


def check_port(text):
    """The port as a number, if a server can listen there: better said before the build than after."""
    try:
        port = int(text)
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
    except (ValueError, OverflowError):
        raise Missing(
            f"端口 {text} 不对：请写 1024 到 65535 之间的数字，例如 make start PORT=8001。",
            f"{text} is no port: give a number from 1024 to 65535, such as `make start PORT=8001`.",
        ) from None
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise Missing(
                f"端口 {port} 已被别的程序占用：请换一个，例如 make start PORT={other(port)}。",
                f"Port {port} is taken by another program: choose another one, such as `make start PORT={other(port)}`.",
            ) from None
        raise Missing(
            f"端口 {port} 打不开（{error.strerror}）：请换一个，例如 make start PORT=8001。",
            f"Port {port} cannot be opened ({error.strerror}): choose another one, such as `make start PORT=8001`.",
        ) from None
    return port


def other(port):
    return port + 1 if port < 65535 else 8000


if __name__ == "__main__":
    with plainly():
        main()
