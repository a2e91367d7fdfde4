"""Announcements by clerks: written by one, consented to by another, out, corrected, called off."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from werkzeug.test import TestResponse

from ..conftest import Clock, Server
from ..push_service import PushService
from ..test_wishes import Person
from .conftest import Clerk, Hire

AT = "/announcements"
NEWS = {
    "title": "系统故障，窗口办得慢",
    "body": "预计 10:30 恢复。",
    "about": "news",
    "audience": "news",
    "when": "now",
    "expires_at": "2026-11-23T16:30",
    "do": "submit",
}


@pytest.fixture
def li(server: Server, hire: Hire) -> Clerk:
    return _editor(server, hire, "lina", "李丽")


@pytest.fixture
def wang(server: Server, hire: Hire) -> Clerk:
    return _editor(server, hire, "wang", "王强")


@pytest.fixture
def person(server: Server, push_service: PushService) -> Person:
    return Person(server, push_service)


def _editor(server: Server, hire: Hire, name: str, shown: str) -> Clerk:
    hire(name, "editor", shown=shown)
    clerk = Clerk(server)
    clerk.sign_in(name)
    return clerk


def fields(page: str) -> dict[str, str]:
    """The form of the editor as a browser would send it back."""
    form = page[page.index('<form method="post" id="notice"') : page.index("</form>", page.index('id="notice"'))]
    found: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        attributes = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if attributes.get("type") in ("checkbox", "radio") and " checked" not in tag:
            continue
        found[attributes["name"]] = attributes.get("value", "")
    body = re.search(r'<textarea[^>]*name="body"[^>]*>\r?\n?(.*?)</textarea>', form, re.S)
    return found | {"body": body[1] if body else ""}


def write(clerk: Clerk, path: str = f"{AT}/new", **changed: Any) -> TestResponse:
    given = fields(clerk.get(path).text) | {"do": "submit"} | changed
    return clerk.post(path.partition("?")[0], {name: value for name, value in given.items() if value is not None})


def notice_of(answer: TestResponse) -> str:
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"].rpartition("/")[2]


def approve(clerk: Clerk, notice: str) -> TestResponse:
    page = clerk.get(f"{AT}/{notice}").text
    seen = re.search(r'name="seen" value="(\w+)"', page)
    return clerk.post(f"{AT}/{notice}/approve", {"seen": seen[1] if seen else ""})


def put_out(server: Server, writes: Clerk, consents: Clerk, path: str = f"{AT}/new", **given: Any) -> str:
    notice = notice_of(write(writes, path, **given))
    assert approve(consents, notice).status_code == 302
    server.run()
    return notice


def actions(server: Server) -> list[tuple[str | None, str]]:
    noted = server.services.store.audit.page(50)
    return [(one.account, one.action) for one in noted if one.action.startswith("notice")][::-1]


def test_one_writes_another_consents_and_phones_are_told(
    server: Server, li: Clerk, wang: Clerk, person: Person
) -> None:
    person.wish({"topic": "news"})
    page = li.get(f"{AT}/new?preset=slow").text
    assert "1 人，一周内收到过消息的 0 人" in page
    notice = notice_of(write(li, f"{AT}/new?preset=slow", body="预计 10:30 恢复。"))
    own = li.get(f"{AT}/{notice}").text
    assert "自己写的公告不能自己同意" in own and "要 李丽 以外的一位编辑或管理员" in own
    refused = li.post(f"{AT}/{notice}/approve", {"seen": server.services.notices.get(notice).version})
    assert refused.status_code == 409 and "要请另一个人同意" in refused.text
    assert "等人同意" in wang.get(AT).text
    assert approve(wang, notice).status_code == 302
    server.run()
    assert person.titles() == ["系统故障，窗口办得慢"]
    listed = wang.get(AT).text
    assert "正在生效" in listed and "到 11月23日 16:30" in listed
    assert "王强" in wang.get(f"{AT}/{notice}").text
    assert actions(server) == [("lina", "notice-submitted"), ("wang", "notice-approved")]


def test_what_is_sent_twice_is_one(server: Server, li: Clerk, wang: Clerk, person: Person) -> None:
    person.wish({"topic": "news"})
    given = fields(li.get(f"{AT}/new").text) | NEWS
    first, again = li.post(f"{AT}/new", given), li.post(f"{AT}/new", given)
    assert first.headers["Location"] == again.headers["Location"]
    notice = notice_of(first)
    seen = {"seen": server.services.notices.get(notice).version}
    assert [wang.post(f"{AT}/{notice}/approve", seen).status_code for _ in range(2)] == [302, 302]
    li.post(f"{AT}/new", given)  # once more, when it is out: still the same
    server.run()
    assert person.titles() == ["系统故障，窗口办得慢"] and len(server.services.notices.listing()) == 1
    wang.get(f"{AT}/{notice}/cancel")
    assert [wang.post(f"{AT}/{notice}/cancel").status_code for _ in range(2)] == [302, 302]
    expected = [("lina", "notice-submitted"), ("wang", "notice-approved"), ("wang", "notice-cancelled")]
    assert actions(server) == expected


def test_a_look_back_and_other_words_lose_nothing(server: Server, li: Clerk) -> None:
    given = fields(li.get(f"{AT}/new").text) | NEWS
    first = notice_of(li.post(f"{AT}/new", {**given, "do": "draft"}))
    assert "草稿" in li.get(AT).text
    second = notice_of(li.post(f"{AT}/new", {**given, "title": "改过的"}))
    (notice,) = server.services.notices.listing()
    assert first == second == notice.id and (notice.title, notice.state) == ("改过的", "submitted")


def test_no_noon_service_today_in_words_before_and_in_pushes_after(
    server: Server, li: Clerk, wang: Clerk, person: Person, clock: Clock
) -> None:
    person.wish({"topic": "hours"}, {"topic": "noon"})
    clock.at("09:30")
    server.run()
    page = li.get(f"{AT}/new?preset=noon-off").text
    assert 'value="今天午间服务暂停"' in page
    assert "<b>11月23日（周一）</b>：08:30–11:30、13:00–16:30。" in page
    assert "网站上原来是：08:30–16:30，中午不休息。" in page
    assert "今天中午不办" in page and "不再发</b> 今天中午不休息，11:30–13:00 照常办" in page
    assert "发给要知道开门时间变化的人：1 人" in page
    put_out(server, li, wang, f"{AT}/new?preset=noon-off", body="停电检修。")
    assert "到 11月23日 24:00" in li.get(AT).text
    for at in ("09:31", "11:15", "12:00"):
        clock.at(at)
        server.services.worker.run_due()
        server.run()
    assert person.titles() == ["今天中午不办"]
    assert person.bodies() == ["11:30–13:00 休息，13:00 再开门。原因：停电检修。"]


def test_noon_is_called_off_after_it_was_announced(
    server: Server, li: Clerk, wang: Clerk, person: Person, push_service: PushService, clock: Clock
) -> None:
    person.wish({"topic": "noon"}, {"topic": "hours"})
    other = Person(server, push_service)
    other.wish({"topic": "hours"})
    clock.at("11:16")
    server.run()
    li.sign_in("lina")
    wang.sign_in("wang")
    page = li.get(f"{AT}/new?preset=noon-off").text
    assert "发给已经通知过的人，是一次更正" in page
    assert "发给只要知道开门时间变化、没订午间提醒的人：1 人" in page
    put_out(server, li, wang, f"{AT}/new?preset=noon-off", body="停电检修。")
    for at in ("11:17", "11:40"):
        clock.at(at)
        server.run()
    assert person.titles() == ["今天中午不休息，11:30–13:00 照常办", "更正：今天中午不办了"]
    assert other.titles() == ["今天中午不办"]


def test_after_noon_nothing_of_it_is_foretold(
    server: Server, li: Clerk, wang: Clerk, person: Person, clock: Clock
) -> None:
    person.wish({"topic": "noon"}, {"topic": "hours"})
    clock.at("11:16")
    server.run()
    li.sign_in("lina")
    wang.sign_in("wang")
    notice = put_out(server, li, wang, f"{AT}/new?preset=noon-off")
    clock.at("13:00:30")
    assert "不会再推送什么" in li.get(f"{AT}/{notice}/cancel").text
    told = person.titles()
    li.post(f"{AT}/{notice}/cancel")
    server.run()
    assert person.titles() == told


def test_closed_from_an_hour_on(server: Server, li: Clerk, person: Person) -> None:
    person.wish({"topic": "hours"})
    page = li.get(f"{AT}/new?preset=closed&since=14:00").text
    assert 'value="今天 14:00 起闭馆"' in page and "08:30–14:00，中午不休息。" in page
    assert "今天的开门时间有变" in page
    assert "<b>11月23日（周一）</b>：08:30–12:00，中午不休息。" in li.get(f"{AT}/new?preset=closed&since=12:00").text
    assert li.get(f"{AT}/new?preset=closed&since=25:00").status_code == 400
    assert "今天 13:00 起闭馆" in li.get(f"{AT}/new?preset=closed&since=").text


def test_tomorrow_is_worked(server: Server, li: Clerk, wang: Clerk, person: Person, clock: Clock) -> None:
    person.wish({"topic": "hours"})
    clock.at("2026-11-20 10:00")
    page = li.get(f"{AT}/new?preset=make-up").text
    assert 'value="明天（11月21日，周六）补班，照常开门"' in page
    assert "<b>11月20日 15:00</b> 明天（11月21日，周六）开门办事" in page
    assert "网站上原来是：全天不开门" in page
    put_out(server, li, wang, f"{AT}/new?preset=make-up")
    clock.at("2026-11-20 15:00")
    server.run()
    assert person.titles() == ["明天（11月21日，周六）开门办事"]


def test_what_nobody_is_told_is_said(li: Clerk) -> None:
    """Longer hours are no loss: no source speaks of them."""
    given = fields(li.get(f"{AT}/new").text) | {"title": "今天延时", "about": "hours", "day": "2026-11-23"}
    given |= {"spans-0-opens": "08:30", "spans-0-closes": "18:00"}
    page = li.post(f"{AT}/look", given)
    assert page.status_code == 200 and "08:30–18:00" in page.text
    given["spans-0-closes"] = "16:30"
    given |= {"spans-0-closes": "11:30", "spans-1-opens": "11:30", "spans-1-closes": "13:00", "spans-1-noon": "y"}
    given |= {"spans-2-opens": "13:00", "spans-2-closes": "18:00"}
    assert "不会推送任何消息" in li.post(f"{AT}/look", given).text


def test_at_its_time(server: Server, li: Clerk, wang: Clerk, person: Person, clock: Clock) -> None:
    person.wish({"topic": "news"})
    notice = put_out(server, li, wang, **NEWS | {"when": "at", "publish_at": "2026-11-23T10:00"})
    assert person.titles() == []
    assert "11月23日 10:00 发出" in li.get(AT).text
    # It waits: it can be changed, and has to be consented to anew.
    page = li.get(f"{AT}/{notice}/edit").text
    assert "要重新请人同意" in page and fields(page)["publish_at"] == "2026-11-23T10:00"
    assert write(li, f"{AT}/{notice}/edit", title="改过的").status_code == 302
    assert server.services.notices.get(notice).state == "submitted"
    assert approve(wang, notice).status_code == 302
    typed = fields(li.get(f"{AT}/{notice}/edit").text) | {"title": "太晚了", "do": "submit"}
    clock.at("10:00")
    server.services.worker.run_due()
    server.run()
    assert person.titles() == ["改过的"]
    late = li.post(f"{AT}/{notice}/edit", typed)
    assert late.status_code == 422 and "太晚了" in late.text


def test_a_correction_takes_its_place(server: Server, li: Clerk, wang: Clerk, person: Person, clock: Clock) -> None:
    person.wish({"topic": "news"})
    first = put_out(server, li, wang, **NEWS)
    page = li.get(f"{AT}/new?corrects={first}").text
    assert "已经通知过的人会收到一次更正" in page and "更正：系统故障，窗口办得慢" in page
    clock.forward(60)
    draft = notice_of(write(li, f"{AT}/new?corrects={first}", title="系统快好了", do="draft"))
    page = li.get(f"{AT}/{draft}/edit").text
    assert 'class="push-title">更正：系统快好了<' in page and "已经通知过的人会收到一次更正" in page
    assert notice_of(write(li, f"{AT}/{draft}/edit", title="系统恢复了", body="")) == draft
    assert approve(wang, draft).status_code == 302
    server.run()
    assert person.titles() == ["系统故障，窗口办得慢", "更正：系统恢复了"]
    assert "被后来的更正代替" in li.get(AT).text
    assert li.get(f"{AT}/new?corrects={first}").status_code == 409
    assert li.get(f"{AT}/new?corrects=nothing").status_code == 404


def test_called_off_after_it_is_out(server: Server, li: Clerk, wang: Clerk, person: Person, clock: Clock) -> None:
    person.wish({"topic": "hours"})
    notice = put_out(server, li, wang, f"{AT}/new?preset=noon-off")
    clock.at("09:30")
    server.run()
    page = li.get(f"{AT}/{notice}/cancel").text
    assert "撤下“今天午间服务暂停”？" in page and "08:30–16:30，中午不休息" in page
    assert "更正：今天中午照常办" in page and "发给已经通知过的人" in page
    assert li.post(f"{AT}/{notice}/cancel").status_code == 302
    server.run()
    assert person.titles() == ["今天中午不办", "更正：今天中午照常办"]
    assert "李丽 撤下" in li.get(AT).text


def test_called_off_before_it_is_out_nobody_hears(server: Server, li: Clerk) -> None:
    notice = notice_of(write(li, **NEWS))
    assert "没有人收到过" in li.get(f"{AT}/{notice}/cancel").text
    li.post(f"{AT}/{notice}/cancel")
    assert server.services.notices.get(notice).state == "cancelled"


@pytest.mark.parametrize("ends", ["called off", "over"])
def test_pages_of_what_is_past_say_so(ends: str, server: Server, li: Clerk, wang: Clerk, clock: Clock) -> None:
    """As one finds them going back in the browser: nothing is asked for that cannot be done."""
    notice = put_out(server, li, wang, **NEWS | {"expires_at": "2026-11-23T09:30"})
    if ends == "called off":
        li.post(f"{AT}/{notice}/cancel")
    clock.at("09:40")
    was = server.services.notices.get(notice)
    words = {"called off": "这条公告已经撤下", "over": "这条公告已经过了"}[ends]
    for answer in (li.get(f"{AT}/{notice}/cancel"), wang.post(f"{AT}/{notice}/cancel")):
        page = wang.get(answer.headers["Location"].partition("/console")[2]) if answer.status_code == 302 else answer
        assert "没有人收到过" not in page.text
        assert words in page.text or answer.status_code == 302
    edit = li.get(f"{AT}/{notice}/edit")
    assert edit.status_code == 409 and "不能再改" in edit.text and "<textarea" not in edit.text
    assert server.services.notices.get(notice) == was


def test_consent_is_to_what_was_read(server: Server, li: Clerk, wang: Clerk) -> None:
    notice = notice_of(write(li, **NEWS))
    seen = server.services.notices.get(notice).version
    wang.get(f"{AT}/{notice}")
    write(li, f"{AT}/{notice}/edit", title="别的话")
    answer = wang.post(f"{AT}/{notice}/approve", {"seen": seen})
    assert answer.status_code == 409 and "再看一遍" in answer.text and "别的话" in answer.text
    stale = wang.post(f"{AT}/{notice}/edit", NEWS | {"seen": seen, "title": "我的改动"})
    assert stale.status_code == 422 and "再看一遍" in stale.text and "我的改动" in stale.text
    assert wang.post(f"{AT}/{notice}/approve").status_code == 409
    assert server.services.notices.get(notice).title == "别的话"


HOURS = NEWS | {"about": "hours", "day": "2026-11-23", "spans-0-opens": "08:30", "spans-0-closes": "11:30"}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"title": ""}, "请写标题"),
        ({"title": "长" * 41}, "标题最多 40 个字"),
        ({"title": "x\u202ey"}, "看不见的字符"),
        ({"body": "长" * 201}, "正文最多 200 个字"),
        ({"expires_at": ""}, "请写到什么时候为止"),
        ({"expires_at": "soon"}, "写成 2026-11-23 13:00 这样"),
        ({"expires_at": "2026-11-22T10:00"}, "截止时间要在现在以后"),
        ({"expires_at": "2027-11-22T10:00"}, "60 天以内"),
        ({"audience": "ticket"}, "请选发给谁"),
        ({"when": "at", "publish_at": ""}, "请写几点发出"),
        ({"when": "at", "publish_at": "2026-11-23T08:00"}, "这个时间已经过了"),
        ({"when": "at", "publish_at": "2026-11-23T17:00"}, "发布时间要在截止时间以前"),
        (HOURS | {"day": ""}, "请写改哪一天"),
        (HOURS | {"day": "某天"}, "日期写得不对"),
        (HOURS | {"day": "2026-11-22"}, "这一天已经过了"),
        (HOURS | {"day": "2027-11-22"}, "60 天以内"),
        (HOURS | {"day": "9999-12-31"}, "60 天以内"),
        (HOURS | {"spans-0-opens": "", "spans-0-closes": ""}, "全天不开门就勾上"),
        (HOURS | {"spans-0-opens": ""}, "每一段都要写从几点到几点"),
        (HOURS | {"spans-0-opens": "8点"}, "时间写成 13:00 这样"),
        (HOURS | {"spans-0-opens": "12:00"}, "从早到晚、互不重叠"),
        (HOURS | {"closed": "y"}, "全天不开门，就把下面的时间段清空"),
        ({"about": "nonsense"}, "请选一项"),
    ],
)
def test_what_cannot_be_comes_back_with_what_was_typed(
    given: dict[str, Any], words: str, li: Clerk, server: Server
) -> None:
    answer = write(li, **{**NEWS, "body": "这一句要还在。", **given})
    assert answer.status_code == 422
    wrong = re.findall(r'class="(?:error|lacking-look)"[^>]*>([^<]*)<', answer.text)
    assert any(words in one for one in wrong), wrong
    assert "body" in given or "这一句要还在。" in answer.text
    if "spans-0-opens" in given:
        assert f'value="{given["spans-0-opens"]}"' in answer.text
    assert server.services.notices.listing() == []


def test_fields_out_of_sight_do_not_matter(li: Clerk, server: Server) -> None:
    junk = {"publish_at": "x", "day": "x", "spans-0-opens": "x"}
    assert write(li, **NEWS | junk).status_code == 302


def test_only_editors_and_only_with_the_pages_token(
    desk: Clerk, li: Clerk, admin: Clerk, server: Server, browser_of: Callable[[], Clerk]
) -> None:
    notice = notice_of(write(li, **NEWS))
    paths = (AT, f"{AT}/new", f"{AT}/{notice}", f"{AT}/{notice}/edit", f"{AT}/{notice}/cancel")
    for path in paths:
        assert desk.get(path).status_code == 403 and admin.get(path).status_code == 200
        assert browser_of().get(path).status_code == 302
    for path in ("new", "look", f"{notice}/edit", f"{notice}/approve", f"{notice}/cancel"):
        assert desk.post(f"{AT}/{path}").status_code == 403
        assert admin.post(f"{AT}/{path}", {"csrf_token": ""}).status_code == 400
    assert li.get(f"{AT}/nothing").status_code == 404
    assert server.services.notices.get(notice).state == "submitted"


def test_what_a_program_submits_waits_in_the_list(server: Server, li: Clerk) -> None:
    given = {"title": "<b>停电</b>", "expires_at": server.services.now() + 3600}
    notice = server.services.notices.draft(given, "token:website", submit=True)
    listed, page = li.get(AT).text, li.get(f"{AT}/{notice.id}").text
    assert "程序“website” 写的" in listed and "<b>停电</b>" not in listed + page
    assert "&lt;b&gt;停电&lt;/b&gt;" in page
    assert approve(li, notice.id).status_code == 302
