"""A store that counts nothing: the local chat's, so that trying the bot out never looks like demand."""

from datetime import date

from bot.store.demand import Demand


class NoStore:
    """Every call does nothing."""

    def count(self, demand: Demand, is_new_person: bool, today: date) -> None: ...

    def count_hour(self, hour: int, today: date) -> None: ...

    def count_source(self, source: str, today: date) -> None: ...

    def count_region(self, region: str, today: date) -> None: ...

    def count_wrong(self, thing: str, today: date) -> None: ...

    def count_word(self, word: str, language: str, chats: int, today: date) -> None: ...

    async def flush(self) -> None: ...

    async def is_writable(self) -> bool:
        return True

    async def roll_up(self, before: date) -> None: ...

    async def lead(self) -> bool:
        return True

    async def done(self, what: str) -> str | None:
        return ""

    async def note_done(self, what: str, mark: str) -> None: ...

    async def close(self) -> None: ...
