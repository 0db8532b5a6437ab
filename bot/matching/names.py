"""Many thousand names and their places in a list, kept as a trie: a dict of them takes forty times the room.

A dict finds a name in a twentieth of a microsecond and a trie in a third, which a question of ten words can bear; but
each of a hundred thousand names costs a dict a hundred and forty bytes for all the time the bot runs.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence

from marisa_trie import Trie  # type: ignore[import-not-found]  # the package has no types

NOWHERE = -1


class Names:
    """A list of different names in which each is found at once; none of them holds a NUL."""

    __slots__ = ("_at", "_find", "_key", "_trie", "_which")

    def __init__(self, trie: bytes, at: bytes) -> None:
        """`at` has the place of each of the trie's own numbers, as 32 bits."""
        self._trie = Trie().frombytes(trie)
        self._at = array("i", at)
        if len(self._at) != len(self._trie):
            raise ValueError("the names and their places do not fit together")
        self._which = array("i", bytes(len(at)))
        for which, place in enumerate(self._at):
            self._which[place] = which
        self._at.append(NOWHERE)  # where a name is that is none of these
        self._find, self._key = self._trie.get, self._trie.restore_key

    @classmethod
    def of(cls, names: Sequence[str]) -> "Names":
        """These names, in this order."""
        trie = Trie(names)
        at = array("i", bytes(4 * len(names)))
        for place, name in enumerate(names):
            at[trie[name]] = place
        return cls(trie.tobytes(), at.tobytes())

    def __reduce__(self) -> tuple[type["Names"], tuple[bytes, bytes]]:
        return Names, (self._trie.tobytes(), self._at[:-1].tobytes())

    def place(self, name: str) -> int:
        """Where a name stands, or NOWHERE."""
        return self.places((name,))[0]

    def places(self, names: Iterable[str]) -> list[int]:
        """Where each of these stands, or NOWHERE."""
        at, find = self._at, self._find
        return [at[find(name, NOWHERE)] for name in names]

    def names(self, places: Iterable[int]) -> list[str]:
        """The names that stand in these places."""
        which, key = self._which, self._key
        return [key(which[place]) for place in places]

    def __contains__(self, name: str) -> bool:
        return name in self._trie

    def __iter__(self) -> Iterator[str]:
        return iter(self.names(range(len(self))))

    def __len__(self) -> int:
        return len(self._which)
