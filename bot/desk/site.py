"""Who may enter the desk: what the bot must know of it before anybody has opened it."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from bot.settings import Settings
from bot.store.staff import NoStaff, Person, Staff, open_staff

_DAY = 24 * 60


def staff_of(settings: Settings, now: Callable[[], datetime]) -> Staff:
    """The staff database of these settings; raises NoStaff."""
    return open_staff(settings.data_dir / "staff.db", settings.database, settings.secret, now)


class Site:
    """Knows where the desk was opened, so that links to it can be made; without `staff` it stays closed."""

    def __init__(self, staff: Staff | None, origin: str) -> None:
        self.staff = staff
        self._origin = origin if staff else ""  # https://… once the desk has left this machine
        self._address = ""

    @classmethod
    def of(cls, settings: Settings, now: Callable[[], datetime], warn: Callable[[str], None]) -> "Site":
        """That of these settings; closed where its database cannot be opened, for the bot answers all the same."""
        try:
            return cls(staff_of(settings, now), settings.public_origin)
        except NoStaff as error:
            warn(f"The desk stays closed: {error}.")
            return cls(None, "")

    def opened(self, address: str) -> str:
        """What to say at start: where to go."""
        self._address = self._origin or address.rstrip("/")
        if self._origin:
            return f"The desk is open at {self._origin}/desk/ (Ctrl-C stops)"
        return f"The local chat is open at {address} (Ctrl-C stops)"

    def owner_link(self) -> str:
        """The first owner's way in, until an owner has used one; then nothing."""
        staff = self.staff
        if staff is None or staff.has_owner():
            return ""
        owner = staff.named("owner")
        if owner is None:
            with suppress(ValueError):  # another instance was quicker
                staff.add(Person(0, "owner", frozenset({"owner", "editor"})))
            owner = staff.named("owner")
        assert owner is not None
        key = staff.link(owner, _DAY)
        return f"The owner signs in to the desk once at {self._address}/desk/enter?key={key}" if key else ""

    def staff_link(self, telegram: int) -> str | None:
        """What /staff in the bot answers: a link for those on the list, nothing for all others."""
        person = self.staff.on_telegram(telegram) if self.staff else None
        key = self.staff.link(person) if self.staff and person else None
        return f"{self._address}/desk/enter?key={key}" if key else None

    def close(self) -> None:
        if self.staff:
            self.staff.close()
