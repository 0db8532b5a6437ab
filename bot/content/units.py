"""How amounts, counted things and dates are written in each language: content/units.yaml, and CLDR beneath it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from babel.plural import PluralRule

from bot.content.customs import Customs, customs_of
from bot.content.reading import Table, Unreadable, read_table
from bot.sentence import Sentence

if TYPE_CHECKING:
    from babel import Locale

NAME = "units.yaml"


@dataclass(frozen=True)
class Spelling:
    """What content needs to know of a language: its CLDR name, and whose texts it respells (uzc from uz)."""

    code: str
    cldr: str
    source: str | None = None
    respell: Callable[[str], str] = str

    @property
    def locale(self) -> "Locale":
        """All that Babel knows, which is a megabyte; answers do with the Customs of it."""
        from babel import Locale

        return Locale.parse(self.cldr)


class Units:
    """Noun forms, amounts and dates; a language that units.yaml lacks falls back to the bare number."""

    def __init__(
        self,
        table: Mapping[str, Mapping[str, Mapping[str, str]]],
        spellings: Mapping[str, Spelling],
        customs: Mapping[str, Customs],
    ) -> None:
        self.table = table
        self.customs = customs
        self._spellings = spellings
        self._plural = {code: PluralRule(one.plural) for code, one in customs.items()}

    def forms(self, kind: str, language: str) -> Mapping[str, str]:
        """The forms of a unit by plural category, as editors wrote them."""
        spelling = self._spellings[language]
        return self.table.get(kind, {}).get(spelling.source or language, {})

    def count(self, kind: str, amount: Decimal, language: str, money: str = "") -> str:
        """An amount with its unit: `3 рабочих дня`, `43 250 ₸`, `10 МРП (43 250 ₸)`."""
        number = self.customs[language].number(amount)
        forms = self.forms(kind, language)
        form = forms.get(self._plural[language](amount), forms.get("other", "{n}"))
        return self._respelled(form, language).format(n=number, money=money)

    def of_year(self, said: str, year: int, language: str) -> str:
        """A figure that has run out, with the year it was of."""
        form = self.forms("of_year", language).get("other", "{value} ({year})")
        return self._respelled(form, language).format(value=said, year=year)

    def not_yet(self, said: str, since: date, language: str) -> str:
        """A figure that is not in force yet, with the day it will be."""
        form = self.forms("not_yet", language).get("other", "{value} ({day})")
        return self._respelled(form, language).format(value=said, day=self.day(since, language))

    def day(self, day: date, language: str) -> str:
        """A date as people write it."""
        own = self.forms("date", language)
        if not own:
            return self.customs[language].day(day)
        month = own["months"].split()[day.month - 1]
        return self._respelled(own["pattern"], language).format(
            day=day.day, month=self._respelled(month, language), year=day.year
        )

    def month(self, day: date, language: str) -> str:
        """A month and its year, as the head of a calendar."""
        name = self._source(language).months[day.month - 1]
        return self._respelled(f"{name[:1].upper()}{name[1:]} {day.year}", language)

    def weekdays(self, language: str) -> list[str]:
        """The short names of the days of a week, Monday first."""
        return [self._respelled(name, language) for name in self._source(language).weekdays]

    def country(self, code: str, language: str) -> str:
        """A country by its two letters, as people here call it."""
        name = self.forms("country", language).get(code.upper())
        return self._respelled(name or self._source(language).countries.get(code.upper(), code), language)

    def _source(self, language: str) -> Customs:
        """Those of the language itself, or of the one it is spelled from."""
        return self.customs[self._spellings[language].source or language]

    def _respelled(self, form: str, language: str) -> str:
        return self._spellings[language].respell(form)


def read_units(folder: Path, spellings: Mapping[str, Spelling]) -> Units:
    """The units of units.yaml; raises Unreadable."""
    table = read_table(folder / NAME, NAME)
    for kind, languages in table.items():
        if not isinstance(languages, Table):
            raise Unreadable(NAME, table.line_of(kind), Sentence("{kind}: give its forms for each language", kind=kind))
        for code, forms in languages.items():
            _refuse_forms(kind, forms, languages.line_of(code))
    return Units(table, spellings, {code: customs_of(one.locale, one.cldr) for code, one in spellings.items()})


def _refuse_forms(kind: str, forms: object, line: int) -> None:
    """A form that could not be filled in would break in a person's hand."""
    if not isinstance(forms, Table):
        what = Sentence("{kind}: write the forms in braces, like {form}", kind=kind, form="{one: ..., other: ...}")
        raise Unreadable(NAME, line, what)
    for form in forms.values():
        try:
            assert isinstance(form, str)
            form.format(n="1", money="1", value="1", year=1, day=1, month="1")
        except (AssertionError, LookupError, ValueError, AttributeError) as error:
            what = Sentence(
                "{kind}: `{form}` cannot be filled in; keep the {names} as they were",
                kind=kind, form=form, names="{names}",
            )  # fmt: skip
            raise Unreadable(NAME, line, what) from error
    if kind == "date" and len(forms.get("months", "").split()) != 12:
        raise Unreadable(NAME, line, Sentence("date: give a pattern and the names of twelve months"))
