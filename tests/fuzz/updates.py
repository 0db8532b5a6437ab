"""Updates of every kind, made from aiogram's types, which are generated from Telegram's own description of its API."""

import types
import typing
from datetime import datetime
from enum import Enum
from typing import Any

from aiogram.types import Update
from hypothesis import strategies as st
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from bot.bot_api import Json

DEEPEST = 3
CHATS = ("private", "group", "supergroup", "channel")
HOSTILE = (
    "", " ", "\x00", "\u202e\u2066", "<b>", "</b><script>", "&amp;&lt;", "{mci}", "{0.__class__}", "%s%n",
    "../../etc/passwd",
    "'; DROP TABLE demand; --", "\ud83d", "👩‍👩‍👧‍👦" * 50, "ا" * 300, "a" * 4096, "помогите", "меня бьют",
    "yordam bering",
    "/start", "/start x", "/START@safar_bot y", "/" * 50, "/hide", "/staff", "/me", "/unknown", "@safar_bot ?",
    "=1+1", "٣٤٥", "1e999",
    "2026-02-30", "31.02.2026", "вчера", "-250000", "9" * 400, "\n" * 500, "☎ Контакты", "ru/stay", "0\u0301" * 500,
)  # fmt: skip
DATA = (
    "", "ru/", "ru/menu", "uz/now?a", "xx/menu", "ru/stay/registration#", "ru/stay?uz.private.x", "ru/done",
    "ru/forget",
    "ru/sum/stay?uz", "ru/language", "kk/welcome", "tg/none", "en/help/places?shymkent", "ru/" + "a" * 61, "/",
    "//", "ru/../..",
    "ru/permits/which?uz", "ru/now?e.e.e.e", "\x00", "ru/menu?%", "ru/rights/wages#steps",
)  # fmt: skip
WORDS = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=60))
NUMBERS = st.one_of(st.sampled_from((0, 1, -1, 2**31, -(2**63), 2**63 - 1)), st.integers(-(2**53), 2**53))


@st.composite
def updates(draw: st.DrawFn) -> Json:
    """One update of any kind the bot could ever be sent, asked for or not."""
    Update.model_rebuild()
    kind = draw(st.sampled_from([name for name in Update.model_fields if name != "update_id"]))
    body: Json = draw(_of(Update.model_fields[kind].annotation, kind, 0))
    return {kind: body}


def _of(annotation: Any, name: str, depth: int) -> st.SearchStrategy[Any]:
    """Values that fit an annotation; what is optional is mostly left out deep down."""
    origin, inner = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in (typing.Union, types.UnionType):
        kinds = [one for one in inner if one is not type(None)]
        return st.one_of([_of(one, name, depth) for one in kinds])
    if origin is list:
        return st.lists(_of(inner[0], name, depth + 1), max_size=2)
    if origin is typing.Literal:
        return st.sampled_from(inner)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _model(annotation, depth)
    return _plain(annotation, name)


def _plain(annotation: Any, name: str) -> st.SearchStrategy[Any]:
    if annotation is bool or annotation is typing.Literal[True]:
        return st.booleans()
    if annotation is int:
        return st.integers(1, 2**52) if name.endswith("id") else NUMBERS
    if annotation is float:
        return st.floats(-180, 180)
    if isinstance(annotation, type) and issubclass(annotation, datetime):
        return st.integers(0, 2**31)
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return st.sampled_from([one.value for one in annotation])
    if name == "data":
        return st.one_of(st.sampled_from(DATA), WORDS)
    if name == "type":
        return st.sampled_from(CHATS)
    if name == "language_code":
        return st.sampled_from(("ru", "kk", "uz", "tg", "en", "", "xx", "zh-hans"))
    return WORDS


@st.composite
def _model(draw: st.DrawFn, model: type[BaseModel], depth: int) -> Json:
    found: Json = {}
    model.model_rebuild()  # types are built at their first use
    for name, field in model.model_fields.items():
        if field.is_required() or (depth < DEEPEST and draw(_chance(name, depth))):
            value = draw(_of(_without_none(field), name, depth + 1))
            found[field.alias or name] = value
    return found


def _chance(name: str, depth: int) -> st.SearchStrategy[bool]:
    """What people send most is there often, so that handlers are reached; the rest now and then."""
    if name in ("text", "from_user", "message", "data", "query"):
        return st.sampled_from((True, True, True, False))
    return st.sampled_from((True,) + (False,) * (7 + 4 * depth))


def _without_none(field: FieldInfo) -> Any:
    kinds = [one for one in typing.get_args(field.annotation) if one is not type(None)]
    is_optional = typing.get_origin(field.annotation) in (typing.Union, types.UnionType)
    return typing.Union[tuple(kinds)] if is_optional and kinds else field.annotation  # noqa: UP007  # built at run time
