"""aiogram's types, left for later: all of them can be built, they are the same, and a failure falls back."""

import json
import subprocess
import sys
from typing import Any

import pytest

from bot.settings import ROOT

_DESCRIBE = """
import json, re, sys
from bot import lazy
{before}
print(lazy.import_aiogram({lazily}), file=sys.stderr)
from pydantic import BaseModel
from aiogram import methods, types
at = re.compile(" at 0x[0-9a-f]+")
found = {{}}
for module in (types, methods):
    for name in sorted(vars(module)):
        model = getattr(module, name)
        if isinstance(model, type) and issubclass(model, BaseModel) and not model.__abstractmethods__:
            model.model_rebuild()
            assert model.__pydantic_complete__, name
            found[name] = {{field: at.sub("", str(info.annotation)) for field, info in model.model_fields.items()}}
print(json.dumps(found))
"""


def described(lazily: bool, before: str = "") -> tuple[str, dict[str, Any]]:
    """What import_aiogram returned in a process of its own, and every type with its fields, once all are built."""
    code = _DESCRIBE.format(lazily=lazily, before=before)
    ended = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stderr.strip().splitlines()[-1], json.loads(ended.stdout)


@pytest.fixture(scope="module")
def eager() -> dict[str, Any]:
    was_lazy, types = described(lazily=False)
    assert was_lazy == "False"
    return types


def test_every_type_left_for_later_becomes_the_type_it_would_have_been(eager: dict[str, Any]) -> None:
    was_lazy, types = described(lazily=True)

    assert was_lazy == "True"
    assert len(types) > 500
    assert types == eager


def test_types_that_cannot_be_left_for_later_are_built_at_once(eager: dict[str, Any]) -> None:
    was_lazy, types = described(lazily=True, before="lazy._try_out = lambda: 1 / 0")

    assert was_lazy == "False"
    assert types == eager


_SESSION = """
import sys
from bot import lazy
assert lazy.import_aiogram(True)
assert not {{"aiohttp", "unittest"}} & {{*sys.modules}}
{then}
from aiogram.client.session.aiohttp import AiohttpSession
assert AiohttpSession is not lazy._Session and AiohttpSession.__mro__[1].__name__ == "BaseSession"
"""


@pytest.mark.parametrize(
    "then",
    [
        "from aiogram import Bot; assert type(Bot('1:a').session).__name__ == 'AiohttpSession'",
        "with lazy._only_named(): from aiogram.client.session.aiohttp import ClientSession",  # a later aiogram might
        "",
    ],
    ids=["a bot without a session", "another name of its module", "asked for by its name"],
)
def test_aiograms_own_session_is_the_real_one_for_whoever_needs_it(then: str) -> None:
    code = _SESSION.format(then=then)
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)

    assert (ended.returncode, ended.stderr) == (0, "")


_SENTINELS = """
import copy
from bot import lazy
assert lazy.import_aiogram(True)
from aiogram.dispatcher.event.bases import REJECTED, UNHANDLED
from aiogram.types.base import UNSET
assert len({UNSET, UNHANDLED, REJECTED}) == 3
assert copy.deepcopy([UNSET])[0] is UNSET and copy.copy(UNHANDLED) is UNHANDLED
assert repr(UNSET) == "sentinel.UNSET"
with lazy._only_named():
    from unittest.mock import Mock, sentinel
assert Mock.__module__ == "unittest.mock"
import unittest.mock
assert unittest.mock.Mock is Mock
"""


def test_what_stands_for_a_sentinel_is_one_of_a_kind_and_the_rest_of_its_module_is_the_real_one() -> None:
    ended = subprocess.run([sys.executable, "-c", _SENTINELS], cwd=ROOT, capture_output=True, text=True, check=False)

    assert (ended.returncode, ended.stderr) == (0, "")
