"""Accounts, roles, windows, tokens, and what is noted of all that is done."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ..conftest import BOTH, Clock, Server
from .conftest import PASSWORD, Clerk, Hire

Browsers = Callable[[], Clerk]
HOSTILE = '"><script>alert(1)</script>'
ADMINS = ("/accounts", "/accounts/chief", "/tablets", "/tokens", "/windows", "/audit")


def test_an_administrator_adds_an_account(admin: Clerk, browser_of: Browsers) -> None:
    form = {"name": "Wang", "shown": "王强", "roles": ["window", "desk"], "password": PASSWORD, "again": PASSWORD}
    assert admin.post("/accounts", form).headers["Location"] == "/console/accounts/wang"
    clerk = browser_of()
    assert clerk.sign_in("wang").status_code == 302
    assert [clerk.get(path).status_code for path in ("/desk", "/window/", "/accounts", "/months")] == [
        200,
        200,
        403,
        403,
    ]


@pytest.mark.parametrize("path", [*ADMINS, "/months"])
def test_pages_of_administrators_are_for_them(path: str, admin: Clerk, desk: Clerk, browser_of: Browsers) -> None:
    assert admin.get(path).status_code == 200
    answer = desk.get(path)
    assert answer.status_code == 403 and "请找管理员开通" in answer.text
    assert browser_of().get(path).status_code == 302


@pytest.mark.parametrize(
    "path", ["/accounts", "/accounts/chief/disable", "/tokens", "/tokens/revoke", "/windows", "/windows/withdraw"]
)
def test_so_is_what_they_do(path: str, desk: Clerk) -> None:
    assert desk.post(path, {"name": "x", "token": "x", "window": "9", "kinds": "acceptance"}).status_code == 403


@pytest.mark.parametrize(("role", "path"), [("desk", "/desk"), ("window", "/window/"), ("editor", "/months")])
def test_each_role_opens_its_page(role: str, path: str, hire: Hire, browser_of: Browsers) -> None:
    hire("li", role)
    clerk = browser_of()
    clerk.sign_in("li")
    codes = {page: clerk.get(page).status_code for page in ("/desk", "/window/", "/months", "/accounts")}
    assert codes == {page: 200 if page == path else 403 for page in codes}


def test_roles_are_taken_away_at_once(admin: Clerk, hire: Hire, browser_of: Browsers) -> None:
    hire("li", "desk")
    clerk = browser_of()
    clerk.sign_in("li")
    admin.post("/accounts/li/roles", {"shown": "李", "roles": ["window"]})
    assert [clerk.get("/desk").status_code, clerk.get("/window/").status_code] == [403, 200]


@pytest.mark.parametrize("path", ["/accounts/chief/disable", "/accounts/chief/roles"])
def test_the_last_administrator_stays(path: str, admin: Clerk) -> None:
    answer = admin.post(path, {"shown": "王", "roles": ["desk"]})
    assert answer.status_code == 409 and "最后一个管理员" in answer.text
    assert admin.get("/accounts").status_code == 200


def test_a_name_is_never_used_again(admin: Clerk, hire: Hire) -> None:
    hire("li", "desk")
    admin.post("/accounts/li/disable")
    form = {"name": "LI", "shown": "", "roles": ["admin"], "password": PASSWORD, "again": PASSWORD}
    answer = admin.post("/accounts", form)
    assert answer.status_code == 422 and "这个账号用过了" in answer.text


def test_a_token_is_shown_once_and_works(admin: Clerk, server: Server) -> None:
    page = admin.post("/tokens", {"token": "取号机"}).text
    (secret,) = [part.partition("<")[0] for part in page.split('class="secret">')[1:]]
    assert secret not in admin.get("/tokens").text
    assert server.services.store.tokens.owner(secret) == "取号机"
    admin.post("/tokens/revoke", {"name": "取号机"})
    assert server.services.store.tokens.owner(secret) is None


@pytest.mark.parametrize(
    ("name", "words"), [("simulator", "留给演示用"), ("a b", "名字用 40 个以内"), ("", "请写名字")]
)
def test_a_token_that_cannot_be_is_refused(name: str, words: str, admin: Clerk, server: Server) -> None:
    answer = admin.post("/tokens", {"token": name})
    assert answer.status_code == 422 and words in answer.text
    assert server.services.store.tokens.listing() == []


def test_windows_are_declared_and_withdrawn(admin: Clerk, server: Server) -> None:
    assert admin.post("/windows", {"window": "3", "kinds": "acceptance"}).status_code == 302
    assert server.services.hall.windows() == {"3": ("acceptance",)}
    assert "3 号窗口" in admin.get("/windows").text
    admin.post("/windows/withdraw", {"window": "3"})
    assert server.services.hall.windows() == {}


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"window": "三", "kinds": "acceptance"}, "1 到 8 个字母或数字"),
        ({"window": "3"}, "至少选一类"),
        ({"window": "3", "kinds": "advice"}, "认不出"),
        ({"window": "", "kinds": "acceptance"}, "请写窗口号"),
    ],
)
def test_a_window_that_cannot_be_is_refused(form: dict[str, str], words: str, admin: Clerk, server: Server) -> None:
    answer = admin.post("/windows", form)
    assert answer.status_code == 422 and words in answer.text
    assert server.services.hall.windows() == {}


def test_the_audit_log_tells_who_did_what(admin: Clerk, window: Clerk, clock: Clock, server: Server) -> None:
    server.services.hall.take("taken-0001", "acceptance", "machine", server.services.now())
    clock.at("10:20")
    window.get("/")
    window.send("/window/3/next", id="call-0001")
    page = admin.get("/audit").text
    assert "<td>11月23日 10:20</td><td>wang</td><td>叫号</td><td>A001</td><td>3</td>" in page
    assert "wang</td><td>叫号" in admin.get("/audit?ticket=a001").text
    assert "叫号" not in admin.get("/audit?account=chief").text


def test_the_audit_log_is_read_page_by_page(admin: Clerk, server: Server) -> None:
    s = server.services
    for number in range(230):
        s.store.audit.add(s.now(), "li", "called", ticket=f"A{number:03}")
    first = admin.get("/audit?account=li").text
    assert first.count("<td>叫号</td>") == 100 and "A229" in first
    older = first.partition("before=")[2].partition('"')[0]
    second = admin.get(f"/audit?account=li&before={older}").text
    assert second.count("<td>叫号</td>") == 100 and "A129" in second
    assert admin.get("/audit?before=x").status_code == 200


def test_hostile_text_is_text(admin: Clerk, server: Server, browser_of: Browsers) -> None:
    s = server.services
    stranger = browser_of()
    assert "<script>alert" not in stranger.sign_in(HOSTILE, "wrong password").text
    form = {"name": "li", "shown": HOSTILE[:20], "roles": ["desk"], "password": PASSWORD, "again": PASSWORD}
    admin.post("/accounts", form)
    s.store.devices.enrol(HOSTILE, "chief", s.now())
    s.store.tokens.add(HOSTILE, s.now())
    s.store.audit.add(s.now(), HOSTILE, "called", ticket=HOSTILE, window=HOSTILE, detail=HOSTILE)
    pages = [admin.get(path).text for path in ("/accounts", "/accounts/li", "/tablets", "/tokens", "/audit")]
    pages.append(admin.get("/audit?account=%22%3E%3Cscript%3E").text)
    assert [page for page in pages if "<script>" in page] == []
    assert all("&lt;script&gt;" in page for page in pages)


@pytest.mark.parametrize("backend", BOTH, indirect=True)
def test_what_no_database_takes_is_the_requests_fault(admin: Clerk, browser_of: Browsers) -> None:
    """A page that is told 503 would send it again and again."""
    stranger = browser_of()
    answers = [admin.get(f"/{path}") for path in ("accounts/%00", "audit?account=%00", "announcements/a%00")]
    answers += [stranger.sign_in("a\0b"), admin.post("/tokens/revoke", {"name": "a\0b"})]
    answers.append(admin.post("/accounts/chief/roles", {"shown": "主\0任", "roles": "admin"}))
    for answer in answers:
        assert answer.status_code == 400 and "认不出的字符" in answer.text


def test_old_entries_and_sessions_are_forgotten(server: Server, desk: Clerk, clock: Clock) -> None:
    s = server.services
    s.store.audit.add(s.now() - 401 * 86400, "li", "called")
    clock.forward(2 * 86400)
    s.worker.run_due()
    assert [entry.action for entry in s.store.audit.page(10)] == ["signed-in"]
    assert desk.get("/").status_code == 302


def test_pages_are_kept_by_nobody(admin: Clerk) -> None:
    for path in ("/sign-in", "/", *ADMINS):
        headers = admin.get(path).headers
        assert headers["Cache-Control"] == "no-store" and headers["X-Robots-Tag"] == "noindex"
        assert headers["Content-Security-Policy"].startswith("default-src 'self'")


def test_no_page_holds_style_or_script_of_its_own(admin: Clerk, desk: Clerk, window: Clerk) -> None:
    pages = [admin.get(path).text for path in (*ADMINS, "/months", "/me")]
    pages += [desk.get("/desk").text, window.get("/window/3").text]
    assert [
        page for page in pages if "<style" in page or " style=" in page or " onclick" in page or "<script>" in page
    ] == []


def test_the_secret_of_the_cookies_is_made_once(server: Server, start: Callable[[], Server], desk: Clerk) -> None:
    kept = server.services.settings.data / "console.key"
    assert len(kept.read_bytes()) == 32 and kept.stat().st_mode & 0o777 == 0o600
    again = start()
    assert again.app.config["SECRET_KEY"] == server.app.config["SECRET_KEY"] == kept.read_bytes()
