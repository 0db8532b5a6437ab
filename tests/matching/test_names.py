"""Names in a trie stand where they stood in their list."""

import pickle

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.matching.names import NOWHERE, Names

WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=6)


@settings(max_examples=200, deadline=None)
@given(st.lists(WORDS, unique=True, max_size=40), WORDS)
@example([], "a")
@example(["б", "ба", "a"], "баб")
def test_each_name_is_found_where_it_stood(listed: list[str], other: str) -> None:
    names = Names.of(listed)

    assert [*names] == listed
    assert names.places(listed) == [*range(len(listed))]
    assert [names.place(name) for name in listed] == [*range(len(listed))]
    assert (other in names) == (other in listed)
    assert names.place(other) == (listed.index(other) if other in listed else NOWHERE)
    assert len(names) == len(listed)


def test_names_come_back_from_a_file_as_they_were() -> None:
    names = pickle.loads(pickle.dumps(Names.of(["где", "регистрация", "get"])))

    assert [*names] == ["где", "регистрация", "get"]
    assert names.places(["get", "нет", "где"]) == [2, NOWHERE, 0]


def test_places_that_do_not_fit_the_names_are_refused() -> None:
    _, (trie, at) = Names.of(["где", "get"]).__reduce__()

    with pytest.raises(ValueError, match="do not fit"):
        Names(trie, at[:-4])
