"""Shared tablets: enrolled by somebody who knows a password, used with a short code."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ..conftest import Clock, Server
from .conftest import PASSWORD, Clerk, Hire

CODE = "271828"
Browsers = Callable[[], Clerk]


@pytest.fixture
def tablet(server: Server, hire: Hire) -> Clerk:
    """Enrolled by Li, who has a code and has signed out."""
    hire("li", "desk", "admin", shown="李丽")
    clerk = Clerk(server)
    clerk.sign_in("li")
    assert clerk.post("/me/code", {"present": PASSWORD, "code": CODE}).status_code == 302
    assert clerk.post("/me/tablet", {"tablet": "3号窗口"}).status_code == 302
    clerk.post("/sign-out")
    return clerk


def use_code(clerk: Clerk, name: str, code: str) -> int:
    clerk.get("/sign-in/code")
    status = clerk.post("/sign-in/code", {"name": name, "code": code}).status_code
    clerk.get("/")
    return status


def test_a_code_signs_in_on_an_enrolled_tablet(tablet: Clerk) -> None:
    page = tablet.get("/sign-in/code").text
    assert "李丽" in page and "3号窗口" in page
    assert use_code(tablet, "li", CODE) == 302
    assert tablet.get("/desk").status_code == 200


def test_a_code_opens_no_page_of_administrators(tablet: Clerk) -> None:
    use_code(tablet, "li", CODE)
    assert tablet.get("/accounts").status_code == 403
    for path, form in (("/me/code", {"present": PASSWORD, "code": "314159"}), ("/me/tablet", {"tablet": "another"})):
        assert tablet.post(path, form).status_code == 403


def test_a_code_is_worth_nothing_anywhere_else(tablet: Clerk, browser_of: Browsers) -> None:
    stranger = browser_of()
    assert stranger.get("/sign-in/code").status_code == 403
    stranger.get("/sign-in")
    assert stranger.post("/sign-in/code", {"name": "li", "code": CODE}).status_code == 403
    assert stranger.sign_in("li", CODE).status_code == 422


def test_the_tablets_cookie_is_a_secret_for_the_console(tablet: Clerk) -> None:
    cookie = tablet.http.get_cookie("guide-tablet", domain="guide.example", path="/console")
    assert cookie is not None and cookie.secure and cookie.http_only and cookie.same_site == "Lax"
    assert len(cookie.value) == 43
    forged = Clerk(tablet.server)
    forged.http.set_cookie(
        "guide-tablet",
        ("B" if cookie.value[0] == "A" else "A") + cookie.value[1:],
        path="/console",
        domain="guide.example",
    )
    assert forged.get("/sign-in/code").status_code == 403


def test_guessing_codes_is_slow_and_ends_the_code(tablet: Clerk, clock: Clock) -> None:
    assert [use_code(tablet, "li", "000001") for _ in range(4)] == [422, 422, 422, 429]
    for _ in range(7):
        clock.forward(901)
        assert use_code(tablet, "li", "000001") == 422
    clock.forward(901)
    # The right one is of no use any more: it has to be set again by whoever knows the password.
    assert "还没有人设短码" in tablet.get("/sign-in/code").text
    assert use_code(tablet, "li", CODE) == 422
    assert tablet.server.services.store.accounts.get("li").code is None  # type: ignore[union-attr]


def test_a_tablet_tries_few_codes_whoever_they_are_of(tablet: Clerk, hire: Hire) -> None:
    s = tablet.server.services
    for number in range(5):
        hire(f"clerk{number}", "window")
        s.store.accounts.set_code(f"clerk{number}", "set")
    codes = [use_code(tablet, f"clerk{number % 5}", "000001") for number in range(12)]
    assert codes[:10] == [422] * 10 and codes[10:] == [429] * 2


def test_a_revoked_tablet_is_signed_out_and_no_tablet_any_more(tablet: Clerk, browser_of: Browsers) -> None:
    use_code(tablet, "li", CODE)
    boss = browser_of()
    boss.sign_in("li")
    assert boss.post("/tablets/revoke", {"name": "3号窗口"}).status_code == 302
    assert tablet.get("/desk").status_code == 302
    assert tablet.get("/sign-in/code").status_code == 403


def test_a_session_on_a_tablet_ends_sooner(tablet: Clerk, clock: Clock) -> None:
    use_code(tablet, "li", CODE)
    clock.forward(3601)
    assert tablet.get("/desk").status_code == 302


def test_a_new_code_ends_what_the_old_one_opened(tablet: Clerk, browser_of: Browsers) -> None:
    use_code(tablet, "li", CODE)
    office = browser_of()
    office.sign_in("li")
    office.post("/me/code", {"present": PASSWORD, "code": "314159"})
    assert [tablet.get("/desk").status_code, office.get("/desk").status_code] == [302, 200]


@pytest.mark.parametrize(
    "code", ["12345", "1234567", "12345a", "123456", "654321", "111111", "123123", "121212", "１２３４５"]
)
def test_a_code_that_is_easily_guessed_is_refused(code: str, desk: Clerk) -> None:
    answer = desk.post("/me/code", {"present": PASSWORD, "code": code})
    assert answer.status_code == 422
    assert "短码是 6 个数字" in answer.text or "太好猜" in answer.text


def test_a_code_needs_the_password(desk: Clerk) -> None:
    assert desk.post("/me/code", {"present": "wrong password", "code": CODE}).status_code == 422


def test_the_name_of_a_tablet_is_used_once(tablet: Clerk, browser_of: Browsers) -> None:
    other = browser_of()
    other.sign_in("li")
    answer = other.post("/me/tablet", {"tablet": "3号窗口"})
    assert answer.status_code == 422 and "用过了" in answer.text
