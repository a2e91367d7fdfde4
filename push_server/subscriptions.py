"""HTTP: the key, subscribing, leaving, a test message."""

from __future__ import annotations

import secrets
from typing import Any

from apiflask import APIBlueprint, Schema
from apiflask.fields import Float, List, Nested, String
from apiflask.validators import Length, OneOf, Regexp
from flask import Response
from marshmallow import EXCLUDE, ValidationError, validates_schema

from .announcement import Announcement, Payload
from .endpoints import LONGEST, allowed, valid_auth, valid_p256dh
from .errors import ApiError
from .published import LOCAL
from .services import limiter, services
from .store.subscribers import Full, Held, Person, Subscription
from .voice.kinds import KINDS
from .wish import Wish
from .wishes import MOST, RestIn, WishIn, WishOut, read_rest, read_wishes, told

blueprint = APIBlueprint("subscriptions", __name__, tag="提醒")

OLD_TOPICS = {"noon": (Wish(topic="noon"), Wish(topic="hours"))}
"""What phones that know one topic only mean by it."""
WISHES_REF = {"$ref": "#/components/schemas/WishesOut"}


class _Lenient(Schema):
    """Browsers add fields of their own to what ``toJSON()`` gives."""

    class Meta:
        unknown = EXCLUDE


class Keys(_Lenient):
    p256dh = String(required=True, validate=Length(max=128), metadata={"description": "P-256 公钥，base64url"})
    auth = String(required=True, validate=Length(max=64), metadata={"description": "16 字节，base64url"})


class PushSubscription(_Lenient):
    endpoint = String(required=True, validate=Length(max=LONGEST), metadata={"description": "推送地址"})
    keys = Nested(Keys, required=True)


class PersonIn(_Lenient):
    """Who the phone is: what it was given when it subscribed."""

    id = String(required=True, validate=Length(1, 100))
    secret = String(required=True, validate=Length(1, 100))


class SubscriptionIn(_Lenient):
    subscription = Nested(PushSubscription, required=True)
    wishes = List(Nested(WishIn), validate=Length(min=1, max=MOST), metadata={"description": "想知道的，全部"})
    topics = List(
        String(validate=OneOf(list(OLD_TOPICS))),
        validate=Length(min=1, max=len(OLD_TOPICS)),
        metadata={"description": "以前的写法；有 wishes 就不看", "deprecated": True},
    )
    key = String(
        allow_none=True,
        validate=Length(max=128),
        metadata={"description": "订阅用的是哪个公钥；不写就是现在的"},
    )
    rest = Nested(RestIn, allow_none=True)
    person = Nested(PersonIn, allow_none=True, metadata={"description": "订阅时给的编号和密码；还没有就写 null，会给一个"})
    replaces = String(
        allow_none=True,
        validate=Length(max=LONGEST),
        metadata={"description": "换掉的旧推送地址；没有编号的手机靠它认出来"},
    )


    @validates_schema
    def wants_something(self, data: dict[str, Any], **_: Any) -> None:
        if "wishes" not in data and "topics" not in data:
            raise ValidationError("写明想知道什么", "wishes")


class WhoIn(_Lenient):
    """The person, or, for a phone that was given no secret, the endpoint."""

    endpoint = String(validate=Length(min=1, max=LONGEST))
    person = Nested(PersonIn, allow_none=True)

    @validates_schema
    def one_of_them(self, data: dict[str, Any], **_: Any) -> None:
        if not data.get("person") and "endpoint" not in data:
            raise ValidationError("写明 person 或 endpoint", "endpoint")


class PersonOut(Schema):
    id = String(required=True)
    secret = String(required=True, metadata={"description": "只给这一次，手机要自己记住"})


class WishesOut(Schema):
    topics = List(String(), required=True)
    wishes = List(Nested(WishOut), required=True, metadata={"description": "记下的；过期的号、没有了的事项不在里面"})
    person = Nested(PersonOut, metadata={"description": "新给的编号和密码；已经有对的就不再给"})


class ShownIn(_Lenient):
    id = String(required=True, validate=Regexp(r"^[\x21-\x7e]{1,120}$(?!\n)"), metadata={"description": "消息里的 id"})


class KeyOut(Schema):
    shown = Float(required=True, metadata={"description": "多少手机报告消息显示出来了，0 到 1；不带身份"})
    public_key = String(required=True, metadata={"description": "P-256 公钥，未压缩，base64url，不补 ="})


@blueprint.get("/key")
@blueprint.output(KeyOut)
@blueprint.doc(summary="订阅用的公钥")
def key() -> dict[str, str | float]:
    s = services()
    return {"public_key": s.signer.public_key, "shown": s.settings.shown_sample}


@blueprint.post("/shown")
@limiter.limit("60/minute")
@blueprint.input(ShownIn)
@blueprint.output({}, status_code=204)
@blueprint.doc(summary="一条消息显示出来了，不说是谁的手机")
def shown(json_data: dict[str, Any]) -> Response:
    s = services()
    if s.settings.shown_sample > 0:
        s.store.ledger.shown(json_data["id"])
    return Response(status=204)


@blueprint.post("/subscriptions")
@limiter.limit("30/minute")
@blueprint.input(SubscriptionIn)
@blueprint.output(WishesOut, status_code=201)
@blueprint.doc(
    summary="订阅，或更新已有的订阅",
    description=(
        "同一个推送地址再发一次就是替换。一个人不等于一个地址：带上 person（或者 replaces）换新地址，"
        "还是同一个人，通知过的不再通知。"
    ),
    responses={200: {"description": "已更新", "content": {"application/json": {"schema": WISHES_REF}}}},
)
def subscribe(json_data: dict[str, Any]) -> tuple[dict[str, Any], int]:
    s = services()
    given = json_data["subscription"]
    key = json_data.get("key") or s.signer.public_key
    subscription = Subscription(
        endpoint=given["endpoint"], key=key if s.signer.knows(key) else s.signer.public_key, **given["keys"]
    )
    if not allowed(subscription.endpoint, s.settings.push_hosts, s.settings.local_push_origins):
        message = "这个浏览器的推送服务不在支持范围内，请换一个浏览器，或把午间日历加到手机日历。"
        raise ApiError(400, "endpoint-not-allowed", message)
    if not valid_p256dh(subscription.p256dh) or not valid_auth(subscription.auth):
        raise ApiError(400, "keys-invalid", "浏览器给的订阅密钥不对，请关掉提醒后重新打开。")
    now = s.now()
    if "wishes" in json_data:
        wanted = read_wishes(json_data["wishes"], s, now)
    else:
        wanted = [wish for topic in sorted(set(json_data["topics"])) for wish in OLD_TOPICS[topic]]
    try:
        admitted = s.store.subscribers.put(
            subscription,
            wanted,
            now,
            at_most=s.settings.max_subscriptions,
            claimed=_person(json_data),
            replaces=json_data.get("replaces"),
            wants_secret="person" in json_data,
            rest=read_rest(json_data.get("rest"), now),
        )
    except Held:
        raise ApiError(409, "endpoint-held", "这个推送地址已经有人用，请关掉提醒后重新打开。") from None
    except Full:
        raise ApiError(503, "subscriptions-full", "订阅人数已满，请先用午间日历，或拨打 {hotline} 告诉我们。") from None
    s.sender.wake()
    answer: dict[str, Any] = {
        "topics": sorted({wish.topic for wish in wanted} & OLD_TOPICS.keys()),
        "wishes": [told(wish) for wish in wanted],
    }
    if admitted.person:
        answer["person"] = {"id": admitted.person.id, "secret": admitted.person.secret}
    return answer, 201 if admitted.new else 200


@blueprint.delete("/subscriptions")
@limiter.limit("30/minute")
@blueprint.input(WhoIn)
@blueprint.output({}, status_code=204)
@blueprint.doc(
    summary="退订；不认识的也算成功",
    description="有密码的手机要写 person，光写推送地址不算。",
)
def leave(json_data: dict[str, Any]) -> Response:
    people = services().store.subscribers
    person = people.owner(_person(json_data), json_data.get("endpoint"))
    if person is not None:
        people.remove(person)
    return Response(status=204)


@blueprint.post("/subscriptions/test")
@limiter.limit("10/minute")
@blueprint.input(WhoIn)
@blueprint.output(WishesOut, status_code=202)
@blueprint.doc(summary="给这部手机发一条测试消息", responses={202: "已安排发送", 404: "没有这个订阅"})
def test(json_data: dict[str, Any]) -> Response:
    s = services()
    person = s.store.subscribers.owner(_person(json_data), json_data.get("endpoint"))
    if person is None:
        raise ApiError(404, "endpoint-unknown", "还没有订阅，请先打开提醒。")
    moment = s.clock()
    rules = KINDS["test"]
    assert rules.life is not None
    announcement = Announcement(
        key=f"test:{person}",
        audience=None,
        payload=Payload(
            kind="test",
            title=rules.title,
            body=rules.body,
            tag=rules.tag,
            url="reminders/",
            date=moment.astimezone(LOCAL).date().isoformat(),
        ),
        urgency=rules.urgency,
        quiet=rules.quiet,
        expires_at=moment + rules.life,
        # Another one takes its place.
        facts=secrets.token_hex(8),
        prompt=True,
    )
    s.store.ledger.announce(announcement, s.now(), recipient=person)
    s.sender.wake()
    return Response("{}", 202, content_type="application/json")


def _person(json_data: dict[str, Any]) -> Person | None:
    given = json_data.get("person")
    return Person(id=given["id"], secret=given["secret"]) if given else None
