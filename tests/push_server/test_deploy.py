"""What docs/deploy gives to those who operate it: units, a compose file, alarms and a board, each put to use."""

from __future__ import annotations

import configparser
import json
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from .conftest import Clock, Server
from .phone import Phone
from .ports import free_port
from .postgres import Cluster
from .process import _NO_PROXY, REPO, environment, eventually

DEPLOY = REPO / "docs" / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
PYTHON = "/opt/guide/.venv/bin/python"
FORBIDS = {
    "NoNewPrivileges": "yes",
    "CapabilityBoundingSet": "",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "RestrictNamespaces": "yes",
    "RestrictSUIDSGID": "yes",
    "MemoryDenyWriteExecute": "yes",
    "LockPersonality": "yes",
    "User": "guide",
    "UMask": "0077",
}
EXPOSURE = 2.0
"""By ``systemd-analyze security``, of ten; below it says OK."""


class Once(dict[str, Any]):
    """Keys that come again keep all their values: SystemCallFilter, Environment."""

    def __setitem__(self, key: str, value: Any) -> None:
        if isinstance(value, list) and key in self:
            value = self[key] + value
        super().__setitem__(key, value)


def unit(file: Path) -> dict[str, str]:
    """What stands in [Service]; of a key that comes twice the values in two lines."""
    parser = configparser.RawConfigParser(strict=False, dict_type=Once, comment_prefixes=("#",), delimiters=("=",))
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(file, "utf-8")
    return dict(parser["Service"])


def variables(file: Path) -> dict[str, str]:
    """Of guide.env, and of Environment= of a unit."""
    told = re.findall(r"^(\w+)=(.*)$", (DEPLOY / "systemd/guide.env").read_text("utf-8"), re.M)
    here = shlex.split(unit(file).get("Environment", ""))
    return dict(told) | dict(word.split("=", 1) for word in here)


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def run(stack: ExitStack, words: list[str], **env: str) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        words, cwd=REPO, env=environment(**env), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )

    def end() -> None:
        if process.poll() is None:
            process.kill()
        process.communicate(timeout=10)

    stack.callback(end)
    return process


def command(file: Path, **swap: str) -> list[str]:
    """The words of ExecStart= as systemd would run them, with paths of this machine."""
    line = unit(file)["ExecStart"].replace("%%", "%").replace("$$", "$").replace(PYTHON, sys.executable)
    for given, here in swap.items():
        line = line.replace(f"${{{given}}}", here)
    return shlex.split(line)


@pytest.mark.parametrize("file", UNITS, ids=lambda file: file.stem)
def test_a_unit_may_do_little(file: Path) -> None:
    told = unit(file)
    assert {name: told.get(name) for name in FORBIDS} == FORBIDS
    assert told["SystemCallFilter"] == "@system-service\n~@privileged"


@pytest.mark.parametrize("file", UNITS, ids=lambda file: file.stem)
def test_systemd_finds_nothing_wrong(file: Path, tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:  # what can be told without it is told above
        return
    for one in (DEPLOY / "systemd").glob("guide*"):
        (tmp_path / one.name).write_text(one.read_text("utf-8").replace(PYTHON, sys.executable), "utf-8")
    there = str(tmp_path / file.name)
    done = subprocess.run([analyze, "verify", "--man=no", there], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    done = subprocess.run([analyze, "security", "--offline=yes", "--no-pager", there], capture_output=True, text=True)
    level = re.search(r"exposure level for \S+: ([\d.]+)", done.stdout)
    assert level, done.stderr
    assert float(level[1]) < EXPOSURE


def test_the_units_run(stack: ExitStack, site: Path, tmp_path: Path) -> None:
    """The very command lines, with the variables that stand beside them."""
    data = str(tmp_path / "var")
    serving, backing = DEPLOY / "systemd/guide.service", DEPLOY / "systemd/guide-backup.service"
    port = free_port()
    told = variables(serving) | {"PUSH_SITE": str(site), "PUSH_DATA": data}
    server = run(stack, command(serving, GUIDE_HOST=told["GUIDE_HOST"], GUIDE_PORT=str(port)), **told)
    assert server.stdout and f"http://localhost:{port}/" in server.stdout.readline()

    (tmp_path / "kept").mkdir()
    words = [word.replace("/var/backups/guide", str(tmp_path / "kept")) for word in command(backing)]
    done = subprocess.run(words, cwd=REPO, env=environment(PUSH_DATA=data), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    (kept,) = (tmp_path / "kept").iterdir()
    assert re.fullmatch(r"\d{8}-\d{6}", kept.name)
    assert (kept / "vapid.pem").exists()

    server.send_signal(signal.SIGTERM)
    _, said = server.communicate(timeout=int(unit(serving)["TimeoutStopSec"]))
    assert server.returncode == 0
    assert [json.loads(line)["event"] for line in said.splitlines()] == ["started", "stopping"]

    sending = DEPLOY / "systemd/guide-sender.service"
    sender = run(stack, command(sending), **variables(sending) | {"PUSH_SITE": str(site), "PUSH_DATA": data})
    assert sender.stdout and "正在发送" in sender.stdout.readline()
    sender.send_signal(signal.SIGTERM)
    sender.communicate(timeout=20)
    assert sender.returncode == 0


def composed() -> dict[str, Any]:
    text = (DEPLOY / "compose.yml").read_text("utf-8")
    text = re.sub(r"\$\{POSTGRES_PASSWORD:\?[^}]+\}", "pa55", text)
    text = re.sub(r"\$\{PUSH_CONTACT:-([^}]+)\}", r"\1", text)
    assert "${" not in text
    found: dict[str, Any] = yaml.safe_load(text)
    return found


def test_the_compose_file_holds_together() -> None:
    found = composed()
    services = found["services"]
    for name, service in services.items():
        assert service.keys() & {"image", "build"}, name
        assert service.get("depends_on", {}).keys() <= services.keys()
        assert set(service["networks"]) <= found["networks"].keys()
        for volume in service.get("volumes", ()):
            source = volume.split(":")[0]
            assert source in found["volumes"] or source.startswith("./")
    nodes = [service for service in services.values() if service["image"] == "guide:local"]
    assert len(nodes) == 3
    for node in nodes:
        assert node["read_only"] and node["cap_drop"] == ["ALL"]
        assert (DEPLOY / node["build"]["context"]).resolve() == REPO
        assert (REPO / node["build"]["dockerfile"]).is_file()
    sed = re.search(r"sed '(s/.*?/)' ", services["nginx"]["command"][2])
    assert sed
    text = (DEPLOY / "nginx.conf").read_text("utf-8")
    done = subprocess.run(["sed", sed[1]], input=text, capture_output=True, text=True, check=True).stdout
    assert "    server web-1:8000; server web-2:8000;\n" in done
    for file in re.findall(r"\S+\.lock", (DEPLOY / "Dockerfile").read_text("utf-8")):
        assert (REPO / file).is_file()


def test_the_commands_of_the_compose_file_run(stack: ExitStack, site: Path, tmp_path: Path, cluster: Cluster) -> None:
    """In the order of depends_on, without containers: the keys in one folder, the database in PostgreSQL."""
    services, url = composed()["services"], cluster.made()

    def launch(name: str) -> int:
        service, port = services[name], free_port()
        env = {key: str(value) for key, value in service["environment"].items()}
        assert env["DATABASE_URL"] == "postgresql+psycopg://guide:pa55@database:5432/guide"
        env |= {"DATABASE_URL": url, "PUSH_DATA": str(tmp_path / "keys"), "PUSH_SITE": str(site)}
        words = [
            {"python": sys.executable, "0.0.0.0": "127.0.0.1", "8000": str(port)}.get(w, w) for w in service["command"]
        ]
        process = run(stack, words, **env)
        assert process.stdout and process.stdout.readline()
        if "healthcheck" in service:
            kind, _, *test = service["healthcheck"]["test"]
            assert kind == "CMD"
            checking = [sys.executable, *(word.replace(":8000/", f":{port}/") for word in test)]
            subprocess.run(checking, check=True, timeout=10)
        return port

    port = launch("web-1")
    launch("web-2")
    launch("sender")

    def sends() -> bool:
        with _NO_PROXY.open(f"http://127.0.0.1:{port}/push/v1/readyz", timeout=5) as answer:
            return bool(json.load(answer)["sender"]["sends"])

    assert eventually(sends, 15)


@pytest.fixture
def metrics(server: Server, phone: Phone, clock: Clock) -> dict[str, set[str]]:
    """Labels by the name of each metric."""
    server.subscribe(phone)
    server.run()
    server.services.hall.take("take-0001", "acceptance", "machine", clock.now.timestamp())
    clock.forward(91)
    found: dict[str, set[str]] = {}
    for family in text_string_to_metric_families(server.http.get("/push/v1/metrics").text):
        for sample in family.samples:
            found.setdefault(sample.name, set()).update(sample.labels)
    return found


def asked(expression: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Names of metrics of ours, with the labels that are asked for."""
    for name, labels in re.findall(r"\b(guide_\w+)(?:\{([^}]*)\})?", expression):
        yield name, dict(re.findall(r'(\w+)="([^"]*)"', labels))


def expressions() -> dict[str, list[str]]:
    alerts = yaml.safe_load((DEPLOY / "prometheus-alerts.yml").read_text("utf-8"))
    board = json.loads((DEPLOY / "grafana-dashboard.json").read_text("utf-8"))
    return {
        "alerts": [rule["expr"] for group in alerts["groups"] for rule in group["rules"]],
        "board": [target["expr"] for panel in board["panels"] for target in panel["targets"]],
    }


@pytest.mark.parametrize("what", ["alerts", "board"])
def test_every_number_that_is_watched_exists(metrics: dict[str, set[str]], what: str) -> None:
    codes = set(re.findall(r"^\| `([a-z-]+)`", (REPO / "docs/running.md").read_text("utf-8"), re.M))
    values = {"outcome": {"sent", "rejected", "expired"}, "fails": {"true", "false"}, "code": codes}
    for expression in expressions()[what]:
        found = list(asked(expression))
        assert found or "up{" in expression, expression
        for name, labels in found:
            assert labels.keys() <= metrics[name], expression
            assert all(value in values[label] for label, value in labels.items()), expression
        grouped = re.findall(r"by \(([^)]*)\)", expression)
        assert all({one.strip() for one in by.split(",")} <= metrics[found[0][0]] for by in grouped), expression


def test_the_board_shows_everything(metrics: dict[str, set[str]]) -> None:
    shown = {name for expression in expressions()["board"] for name, _ in asked(expression)}
    assert shown == metrics.keys()


def test_every_alarm_says_what_to_do_in_both_languages() -> None:
    alerts = yaml.safe_load((DEPLOY / "prometheus-alerts.yml").read_text("utf-8"))
    rules = [rule for group in alerts["groups"] for rule in group["rules"]]
    assert len({rule["alert"] for rule in rules}) == len(rules)
    for rule in rules:
        words = " ".join(rule["annotations"].values())
        assert rule["labels"]["severity"] in ("critical", "warning")
        assert re.search("[一-鿿]", words) or "{{" in rule["annotations"]["summary"]
        assert re.search(r"[A-Z][A-Za-z', ]+ [a-z', ]+\.$", rule["annotations"]["description"]), rule["alert"]
