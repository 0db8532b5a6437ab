"""Which topics are about safety is fixed in code: counting, sharing and neutral names depend on it."""

import pytest

from bot.safety import is_safety


@pytest.mark.parametrize("topic", ["help", "help/lines", "trafficking", "trafficking/report", "stay/police-check"])
def test_a_group_of_safety_is_safe_as_a_whole_and_other_topics_by_name(topic: str) -> None:
    assert is_safety(topic)


@pytest.mark.parametrize("topic", ["", "stay", "stay/registration", "helpers/lines", "stay/police"])
def test_what_only_looks_like_one_is_none(topic: str) -> None:
    assert not is_safety(topic)
