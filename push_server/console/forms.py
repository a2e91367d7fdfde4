"""What staff fill in, with its checks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, RadioField, SelectChoice, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from ..bearer import DEMO
from ..store.tokens import ROLES as TOKEN_ROLES
from . import passwords
from .roles import ROLES

NAME = re.compile(r"[\w.-]{1,40}")
NAMES = "名字用 40 个以内的字、字母、数字、点、横线或下划线。"
_WINDOW = re.compile(r"[A-Za-z0-9]{1,8}")


def folded(name: str | None) -> str:
    """A name as it is kept: typed in another width or case it is the same."""
    return unicodedata.normalize("NFKC", name or "").strip().casefold()


def trimmed(text: str | None) -> str:
    return (text or "").strip()


def options(named: Mapping[str, str]) -> list[SelectChoice]:
    """What one may choose: names by value."""
    return [SelectChoice(value, name) for value, name in named.items()]


def _filled(message: str) -> InputRequired:
    return InputRequired(message)


def _named(form: FlaskForm, field: StringField) -> None:
    if not NAME.fullmatch(field.data or ""):
        raise ValidationError(NAMES)


_STRANGE = "里面有认不出的一项，请刷新再选。"


class _Checkboxes(SelectMultipleField):
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def pre_validate(self, form: FlaskForm) -> None:
        if not set(self.data or ()) <= {choice.value for choice in self.choices}:
            raise ValidationError(_STRANGE)


class _OneOf(RadioField):
    def pre_validate(self, form: FlaskForm) -> None:
        if self.data not in {choice.value for choice in self.choices}:
            raise ValidationError(_STRANGE)


class SignInForm(FlaskForm):  # type: ignore[misc]
    name = StringField("账号", filters=[folded], validators=[_filled("请写账号。"), Length(max=40, message=NAMES)])
    password = PasswordField(
        "密码", validators=[_filled("请写密码。"), Length(max=passwords.LONGEST, message="密码太长了。")]
    )
    next = HiddenField()


class CodeSignInForm(FlaskForm):  # type: ignore[misc]
    name = _OneOf("你是", validators=[_filled("请选自己的名字。")])
    code = PasswordField(
        "短码", filters=[folded], validators=[_filled("请写 6 位短码。"), Length(max=6, message="短码是 6 个数字。")]
    )
    next = HiddenField()


class _NewPassword(FlaskForm):  # type: ignore[misc]
    account = ""

    password = PasswordField("新密码", validators=[_filled("请写新密码。")])
    again = PasswordField("再写一遍", validators=[_filled("请再写一遍新密码。")])

    def validate_password(self, field: PasswordField) -> None:
        if wrong := passwords.password_mistake(field.data, self.account):
            raise ValidationError(wrong)

    def validate_again(self, field: PasswordField) -> None:
        if field.data != self.password.data:
            raise ValidationError("两遍写得不一样。")


class OwnPasswordForm(_NewPassword):
    old = PasswordField("现在的密码", validators=[_filled("请写现在的密码。")])


class OwnCodeForm(FlaskForm):  # type: ignore[misc]
    present = PasswordField("登录密码", validators=[_filled("请写登录密码。")])
    code = PasswordField("6 位短码", filters=[folded], validators=[_filled("请写 6 个数字。")])

    def validate_code(self, field: PasswordField) -> None:
        if wrong := passwords.code_mistake(field.data):
            raise ValidationError(wrong)


class TabletForm(FlaskForm):  # type: ignore[misc]
    tablet = StringField(
        "平板的名字", filters=[trimmed], validators=[_filled("请给平板起个名字，例如“3号窗口”。"), _named]
    )


class AccountForm(_NewPassword):
    name = StringField("账号", filters=[folded], validators=[_filled("请写账号。"), _named])
    shown = StringField("显示的名字", filters=[trimmed], validators=[Length(max=20, message="最多 20 个字。")])
    roles = _Checkboxes("角色", choices=options(ROLES))

    def validate(self, extra_validators: Any = None) -> bool:
        self.account = folded(self.name.data)
        return bool(super().validate(extra_validators))


class RolesForm(FlaskForm):  # type: ignore[misc]
    shown = StringField(
        "显示的名字", filters=[trimmed], validators=[_filled("请写名字。"), Length(max=20, message="最多 20 个字。")]
    )
    roles = _Checkboxes("角色", choices=options(ROLES))


class ResetForm(_NewPassword):
    """An administrator's new password for somebody."""


class TokenForm(FlaskForm):  # type: ignore[misc]
    token = StringField("名字", filters=[trimmed], validators=[_filled("请写名字，例如“取号机”。"), _named])

    role = _OneOf("能做什么", choices=options(TOKEN_ROLES), default="machine")

    def validate_token(self, field: StringField) -> None:
        if field.data == DEMO:
            raise ValidationError("这个名字留给演示用，请换一个。")


class WindowForm(FlaskForm):  # type: ignore[misc]
    window = StringField("窗口号", filters=[trimmed], validators=[_filled("请写窗口号。")])
    kinds = _Checkboxes("叫哪些号", validators=[_filled("至少选一类。")])

    def validate_window(self, field: StringField) -> None:
        if not _WINDOW.fullmatch(field.data):
            raise ValidationError("窗口号是 1 到 8 个字母或数字，例如 3。")
