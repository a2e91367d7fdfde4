"""Who gets in, for how long, and what stops whoever guesses."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskCliRunner

from ..conftest import Clock, Server, Start
from .conftest import BASE, PASSWORD, Clerk, Hire

Browsers = Callable[[], Clerk]


def actions(server: Server) -> list[str]:
    return [entry.action for entry in server.services.store.audit.page(100)]


def test_a_password_opens_the_console(hire: Hire, browser_of: Browsers) -> None:
    hire("li", "desk", shown="李丽")
    clerk = browser_of()
    assert clerk.get("/").headers["Location"] == "/console/sign-in?next=/console/"
    answer = clerk.sign_in("li")
    assert answer.headers["Location"] == "/console/"
    page = clerk.get("/")
    assert page.status_code == 200 and "李丽，您好" in page.text


def test_the_name_may_be_typed_in_another_width_or_case(hire: Hire, browser_of: Browsers) -> None:
    hire("li", "desk")
    assert browser_of().sign_in(" ＬＩ ").status_code == 302


@pytest.mark.parametrize(("name", "password"), [("li", "wrong password"), ("nobody", PASSWORD), ("li", "x" * 200)])
def test_whoever_does_not_know_it_is_told_the_same(name: str, password: str, hire: Hire, browser_of: Browsers) -> None:
    hire("li", "desk")
    clerk = browser_of()
    answer = clerk.sign_in(name, password)
    assert answer.status_code == 422
    assert ("账号或者密码不对" in answer.text) or ("密码太长" in answer.text)
    assert clerk.get("/").status_code == 302


def test_the_cookie_is_for_the_console_alone(hire: Hire, browser_of: Browsers) -> None:
    hire("li", "desk")
    clerk = browser_of()
    cookie = clerk.sign_in("li").headers["Set-Cookie"]
    assert {"Secure", "HttpOnly", "Path=/console", "SameSite=Lax"} <= set(re.split(r"; ", cookie))
    for path in ("/", "/push/v1/key"):
        answer = clerk.http.get(path, base_url=BASE)
        assert "Set-Cookie" not in answer.headers and "Cookie" not in answer.headers.get("Vary", "")


def test_over_plain_http_the_cookie_is_sent_all_the_same(server: Server, hire: Hire) -> None:
    hire("li", "desk")
    clerk = Clerk(server, base="http://localhost")
    assert "Secure" not in clerk.sign_in("li").headers["Set-Cookie"]
    assert clerk.get("/").status_code == 200


def test_below_a_prefix(start: Start) -> None:
    server = start(prefix="/guide")
    s = server.services
    from push_server.console import passwords

    s.store.accounts.add("li", "li", ["desk"], passwords.hashed(PASSWORD), s.now())
    clerk = Clerk(server, prefix="/guide")
    assert clerk.get("/").headers["Location"] == "/guide/console/sign-in?next=/guide/console/"
    answer = clerk.sign_in("li")
    assert answer.headers["Location"] == "/guide/console/"
    assert "Path=/guide/console" in answer.headers["Set-Cookie"]
    assert 'data-root="/guide/"' in clerk.get("/").text


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("/console/window/3", "/console/window/3"),
        ("/console/audit?account=li", "/console/audit?account=li"),
        ("https://evil.example/console/", "/console/"),
        ("//evil.example/console/", "/console/"),
        ("/console/\\evil.example", "/console/"),
        ("/console.evil.example/", "/console/"),
        ("/console/\r\nX: 1", "/console/"),
    ],
)
def test_one_goes_on_where_one_was_going(asked: str, led: str, hire: Hire, browser_of: Browsers) -> None:
    hire("li", "desk")
    clerk = browser_of()
    clerk.get("/sign-in")
    assert clerk.post("/sign-in", {"name": "li", "password": PASSWORD, "next": asked}).headers["Location"] == led


def test_nobody_signs_in_without_the_pages_token(hire: Hire, browser_of: Browsers) -> None:
    hire("li", "desk")
    clerk = browser_of()
    answer = clerk.post("/sign-in", {"name": "li", "password": PASSWORD})
    assert answer.status_code == 400 and "请刷新以后再按一次" in answer.text
    assert clerk.get("/").status_code == 302


def test_another_site_cannot_act_for_a_clerk(admin: Clerk) -> None:
    form = {"token": "machine"}
    assert admin.post("/tokens", {**form, "csrf_token": "guessed"}).status_code == 400
    assert admin.post("/tokens", form, headers={"Referer": "https://evil.example/"}).status_code == 400
    assert admin.server.services.store.tokens.listing() == []
    assert admin.post("/tokens", form).status_code == 200
    assert [token.name for token in admin.server.services.store.tokens.listing()] == ["machine"]


def test_a_session_ends_when_nobody_presses_anything(desk: Clerk, clock: Clock) -> None:
    clock.forward(1.5 * 3600)
    assert desk.get("/").status_code == 200
    clock.forward(1.5 * 3600)
    assert desk.get("/").status_code == 200
    clock.forward(2 * 3600 + 1)
    assert desk.get("/").status_code == 302


def test_a_session_ends_after_a_days_work(desk: Clerk, clock: Clock) -> None:
    for _ in range(12):
        assert desk.get("/").status_code == 200
        clock.forward(3600)
    clock.forward(1)
    assert desk.get("/").status_code == 302


def test_a_page_that_only_looks_does_not_keep_a_session(window: Clerk, clock: Clock) -> None:
    for _ in range(25):
        clock.forward(300)
        last = window.get("/window/3/state", headers={"Accept": "application/json"})
    assert last.status_code == 401 and last.json == {"code": "signed-out", "message": "登录到期了，请重新登录。"}


def test_signing_out_ends_the_session_and_not_only_the_cookie(server: Server, desk: Clerk) -> None:
    stolen = desk.http.get_cookie("guide-console", domain="guide.example", path="/console")
    assert stolen is not None
    assert desk.post("/sign-out").status_code == 302
    thief = Clerk(server)
    thief.http.set_cookie("guide-console", stolen.value, path="/console", domain="guide.example")
    assert thief.get("/").status_code == 302
    assert actions(server)[0] == "signed-out"


def test_a_new_password_signs_out_everywhere_else(hire: Hire, browser_of: Browsers) -> None:
    hire("li", "desk")
    here, there = browser_of(), browser_of()
    here.sign_in("li")
    there.sign_in("li")
    form = {"old": PASSWORD, "password": "a new and longer one", "again": "a new and longer one"}
    assert here.post("/me/password", form).status_code == 302
    assert here.get("/").status_code == 200
    assert there.get("/").status_code == 302
    assert browser_of().sign_in("li").status_code == 422
    assert browser_of().sign_in("li", "a new and longer one").status_code == 302


def test_one_can_sign_out_everywhere(hire: Hire, browser_of: Browsers) -> None:
    hire("li", "desk")
    here, there = browser_of(), browser_of()
    here.sign_in("li")
    there.sign_in("li")
    here.post("/me/sign-out-everywhere")
    assert [here.get("/").status_code, there.get("/").status_code] == [302, 302]


@pytest.mark.parametrize(
    ("form", "words"),
    [
        (
            {"old": "wrong password", "password": "a new and longer one", "again": "a new and longer one"},
            "现在的密码不对",
        ),
        ({"old": PASSWORD, "password": "short", "again": "short"}, "密码要 10 到 128 个字符"),
        ({"old": PASSWORD, "password": "aaaaaaaaaaaa", "again": "aaaaaaaaaaaa"}, "不同的字符太少"),
        ({"old": PASSWORD, "password": "my name is LI, yes", "again": "my name is LI, yes"}, "不要有账号名"),
        ({"old": PASSWORD, "password": "a new and longer one", "again": "another"}, "两遍写得不一样"),
    ],
)
def test_a_bad_new_password_is_refused_with_the_reason(form: dict[str, str], words: str, desk: Clerk) -> None:
    answer = desk.post("/me/password", form)
    assert answer.status_code == 422 and words in answer.text


def test_guessing_from_one_address_waits_longer_and_longer(hire: Hire, browser_of: Browsers, clock: Clock) -> None:
    hire("li", "desk")
    clerk = browser_of()
    assert [clerk.sign_in("li", "wrong password").status_code for _ in range(5)] == [422] * 5
    answer = clerk.sign_in("li")
    assert answer.status_code == 429 and "请过 30 秒再试" in answer.text
    assert answer.headers["Retry-After"] == "30"
    clock.forward(31)
    assert clerk.sign_in("li", "wrong password").status_code == 422
    clock.forward(31)
    assert clerk.sign_in("li").status_code == 429
    clock.forward(30)
    assert clerk.sign_in("li").status_code == 302


def test_nobody_waits_for_a_clock_that_ran_ahead(hire: Hire, browser_of: Browsers, clock: Clock) -> None:
    """A machine that starts with the clock of tomorrow, and one slip."""
    hire("li", "desk")
    clerk = browser_of()
    clock.forward(86400)
    assert clerk.sign_in("li", "wrong").status_code != 302
    clock.forward(-86400)
    assert clerk.sign_in("li").status_code == 302


def test_who_guesses_elsewhere_does_not_lock_out_the_clerk(server: Server, hire: Hire, browser_of: Browsers) -> None:
    hire("li", "desk")
    stranger = browser_of()
    for _ in range(6):
        stranger.get("/sign-in")
        last = stranger.post(
            "/sign-in", {"name": "li", "password": "wrong password"}, environ_overrides={"REMOTE_ADDR": "203.0.113.7"}
        )
    assert last.status_code == 429
    assert browser_of().sign_in("li").status_code == 302
    assert "sign-in-blocked" in actions(server)


def test_guessing_many_accounts_from_one_address_is_stopped(browser_of: Browsers) -> None:
    clerk = browser_of()
    codes = [clerk.sign_in(f"name{number}", "wrong password").status_code for number in range(32)]
    assert codes[:30] == [422] * 30 and codes[30:] == [429] * 2


def test_a_disabled_account_is_signed_out_at_once(admin: Clerk, hire: Hire, browser_of: Browsers) -> None:
    hire("li", "desk")
    clerk = browser_of()
    clerk.sign_in("li")
    assert admin.post("/accounts/li/disable").status_code == 302
    assert clerk.get("/").status_code == 302
    assert browser_of().sign_in("li").status_code == 422
    admin.post("/accounts/li/enable")
    assert browser_of().sign_in("li").status_code == 302


# --- the command line -----------------------------------------------------------------


@pytest.fixture
def flask(server: Server) -> FlaskCliRunner:
    return server.app.test_cli_runner()


def test_the_first_administrator_comes_by_the_command_line(flask: FlaskCliRunner, browser_of: Browsers) -> None:
    answer = flask.invoke(args=["staff", "add", "Chief", "--role", "admin"], input=f"{PASSWORD}\n{PASSWORD}\n")
    assert answer.exit_code == 0, answer.output
    assert PASSWORD not in answer.output
    clerk = browser_of()
    assert clerk.sign_in("chief").status_code == 302
    assert clerk.get("/accounts").status_code == 200


def test_the_command_line_lists_resets_and_disables(flask: FlaskCliRunner, hire: Hire, browser_of: Browsers) -> None:
    hire("chief", "admin", shown="王主任")
    hire("li", "desk", "window")
    clerk = browser_of()
    clerk.sign_in("li")
    reset = flask.invoke(args=["staff", "password", "li", "--password", "a new and longer one"])
    assert reset.exit_code == 0 and clerk.get("/").status_code == 302
    assert flask.invoke(args=["staff", "disable", "li"]).exit_code == 0
    listed = flask.invoke(args=["staff", "list"]).output.splitlines()
    assert [line.split("\t")[:3] + line.split("\t")[4:] for line in listed] == [
        ["chief", "王主任", "管理员", "在用"],
        ["li", "li", "预审台、窗口台", "停用"],
    ]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (["add", "chief", "--role", "admin", "--password", PASSWORD], "已经用过"),
        (["add", "a b", "--role", "admin", "--password", PASSWORD], "不能用"),
        (["add", "wang", "--role", "admin", "--password", "short"], "密码要 10 到 128 个字符"),
        (["add", "wang", "--role", "king", "--password", PASSWORD], "king"),
        (["password", "nobody", "--password", PASSWORD], "没有名为 nobody"),
        (["disable", "nobody"], "没有名为 nobody"),
        (["disable", "chief"], "最后一个管理员"),
    ],
)
def test_what_the_command_line_refuses(line: list[str], words: str, flask: FlaskCliRunner, hire: Hire) -> None:
    hire("chief", "admin")
    answer = flask.invoke(args=["staff", *line])
    assert answer.exit_code != 0 and words in answer.output
