"""Imports aiogram without building its several hundred types, each of which is then built at its first use.

Importing aiogram the plain way takes seconds and a hundred megabytes, because every type is rebuilt with one shared
namespace so that names imported for type checkers alone resolve. Here those rebuilds are only noted. Afterwards the
names that a type's annotations use are put into its module, where pydantic looks anyway, and pydantic builds the
type when it is first used. If anything about this fails, the noted rebuilds are simply done: slower, never broken.
Nothing of aiogram is changed on disk, and pydantic is left as it was. What it imports for a
name alone, its own HTTP session among it, is left for later too.
"""

import importlib
import logging
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from types import ModuleType
from typing import Any, Protocol, cast

log = logging.getLogger(__name__)

_NAME = re.compile(r"[A-Za-z_]\w*")
_WARM = (
    "Update",
    "Message",
    "User",
    "InlineKeyboardMarkup",
    "ReplyKeyboardMarkup",
    "LinkPreviewOptions",
    "ResponseParameters",
)
_WARM_METHODS = ("GetUpdates", "SendMessage", "AnswerCallbackQuery")


class _Model(Protocol):
    __module__: str
    __mro__: tuple[type, ...]

    def model_rebuild(self, *, force: bool, _types_namespace: dict[str, Any]) -> bool | None: ...


_Noted = list[tuple[Any, dict[str, Any]]]


def import_aiogram(is_lazy: bool = True) -> bool:
    """Import aiogram, lazily where that works; whether it did. An aiogram that is there already stays as it is."""
    if "aiogram" in sys.modules or not is_lazy:
        importlib.import_module("aiogram")
        return False
    noted = _import_and_note()
    try:
        for model, names in noted:
            _name(model, names)
        _try_out()
    except Exception:
        log.warning("aiogram's types could not be left for later; they are all built now", exc_info=True)
        for model, names in noted:
            model.model_rebuild(force=True, _types_namespace=names)
        return False
    return bool(noted)


def warm_up() -> None:
    """Build what nearly every message uses, so that the first person does not wait for it."""
    from aiogram import methods, types

    for model in (*(getattr(types, name) for name in _WARM), *(getattr(methods, name) for name in _WARM_METHODS)):
        model.model_rebuild()


def _import_and_note() -> _Noted:
    from pydantic import BaseModel

    real = BaseModel.__dict__["model_rebuild"]
    config: dict[str, Any] = BaseModel.model_config  # type: ignore[assignment]  # a TypedDict, written by key below
    before = dict(config)
    noted: _Noted = []

    def note(cls: Any, /, **options: Any) -> Any:
        if cls.__module__.startswith("aiogram.types") and set(options) == {"_types_namespace"}:
            noted.append((cls, options["_types_namespace"]))
            return None
        return real.__func__(cls, **options)

    BaseModel.model_rebuild = classmethod(note)  # type: ignore[assignment]  # only while aiogram is imported
    config["defer_build"] = True
    try:
        with _only_named():
            importlib.import_module("aiogram")
        importlib.import_module("aiogram.methods")
    finally:
        BaseModel.model_rebuild = real  # type: ignore[method-assign]  # as it was
        config.clear()
        config.update(before)
    return noted


class _Session:
    """What stands for aiogram's own session until somebody builds one: it brings aiohttp."""

    def __new__(cls, *given: Any, **named: Any) -> Any:
        return _real("aiogram.client.session.aiohttp").AiohttpSession(*given, **named)


class _Sentinels:
    """As those of unittest.mock, of which aiogram takes three, with all of unittest: each name is one of a kind."""

    def __init__(self, name: str = "sentinel") -> None:
        self._name = name

    def __getattr__(self, name: str) -> "_Sentinels":
        if name.startswith("_"):
            raise AttributeError(name)
        setattr(self, name, _Sentinels(f"sentinel.{name}"))
        return cast("_Sentinels", vars(self)[name])

    def __repr__(self) -> str:
        return self._name

    def __reduce__(self) -> str:
        return self._name  # a copy is the same one


_STAND_INS: dict[str, dict[str, object]] = {
    "aiogram.client.session.aiohttp": {"AiohttpSession": _Session},
    "unittest.mock": {"sentinel": _Sentinels()},
}


@contextmanager
def _only_named() -> Iterator[None]:
    """While this lasts, modules of which aiogram needs but a name are not imported.

    Whoever asks for anything else in one of them gets the real one, at once.
    """
    named = {name: ModuleType(name) for name in _STAND_INS if name not in sys.modules}
    for name, module in named.items():
        vars(module).update(_STAND_INS[name], __getattr__=partial(_of_real, name))
        sys.modules[name] = module
    try:
        yield
    finally:
        for name, module in named.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]


def _of_real(module: str, name: str) -> Any:
    if name.startswith("__"):  # asked for by the import itself
        raise AttributeError(name)
    return getattr(_real(module), name)


def _real(module: str) -> ModuleType:
    known = sys.modules.get(module)
    if known is not None and "__file__" not in vars(known):
        del sys.modules[module]
    return importlib.import_module(module)


def _name(model: Any, names: dict[str, Any]) -> None:
    """Put the names that the annotations of a type and of its bases use into its module, where they are looked up."""
    known = vars(sys.modules[model.__module__])
    for base in model.__mro__:
        for annotation in vars(base).get("__annotations__", {}).values():
            for name in _NAME.findall(str(annotation)):
                if name in names:
                    known.setdefault(name, names[name])


def _try_out() -> None:
    """Read one update as Telegram sends it: a type that cannot be built shows here and not before a person."""
    from aiogram.types import Update

    chat = {"id": 1, "type": "private", "first_name": "a"}
    sender = {"id": 1, "is_bot": False, "first_name": "a"}
    message = {"message_id": 1, "date": 1, "chat": chat, "from": sender, "text": "a"}
    Update.model_validate({"update_id": 1, "message": message})
