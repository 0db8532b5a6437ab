"""A phrase written back into its file changes its own lines and no other byte."""

from pathlib import Path

import pytest

from bot import po
from bot.settings import ROOT

FILES = sorted((ROOT / "locales").glob("*/LC_MESSAGES/*.po"))
FILE = (
    "# A remark.\n"
    'msgid ""\nmsgstr ""\n"Language: ru\\n"\n'
    '"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 ? 1 : 2);\\n"\n\n'
    '#. Translators: A button.\n#, fuzzy, python-brace-format\nmsgid "Read: {name}"\nmsgstr "Читать: {name}"\n\n\n'
    'msgid ""\n"One "\n"line"\nmsgstr ""\n"Одна "\n"строка"\n'
    '# Nobody knows why.\nmsgid "{count} day"\nmsgid_plural "{count} days"\n'
    'msgstr[0] "{count} день"\nmsgstr[1] "{count} дня"\nmsgstr[2] "{count} дней"\n#~ msgid "old"\n#~ msgstr "старое"\n'
)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_phrase_of_every_file_goes_out_and_comes_back_without_a_byte_changed(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    for id, phrase in po.phrases(text).items():
        words = po.entry(text, id)
        assert po.with_strings(words, phrase.strings) == words
        assert po.with_entry(text, id, words) == text


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_other_words_of_a_phrase_change_its_own_lines_alone(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    for id, phrase in list(po.phrases(text).items())[::7]:
        words = po.with_strings(po.entry(text, id), tuple(f'{one} "x"' for one in phrase.strings))
        newer = po.with_entry(text, id, words)

        lines = zip(text.split("\n"), newer.split("\n"), strict=True)
        assert sum(old != new for old, new in lines) == len(phrase.strings)
        assert po.phrases(newer)[id].strings == tuple(f'{one} "x"' for one in phrase.strings)


def test_a_phrase_is_read_however_its_file_was_written() -> None:
    found = po.phrases(FILE)

    assert list(found) == ["Read: {name}", "One line", "{count} day"]
    assert found["One line"].strings == ("Одна строка",)
    assert found["{count} day"].strings == ("{count} день", "{count} дня", "{count} дней")
    assert found["Read: {name}"].notes == ("Translators: A button.",)
    assert not found["Read: {name}"].is_done


def test_what_a_person_wrote_is_not_fuzzy_any_more() -> None:
    words = po.with_strings(po.entry(FILE, "Read: {name}"), ("Прочитать: {name}",))

    assert words == (
        "#. Translators: A button.\n#, python-brace-format\n"
        'msgid "Read: {name}"\nmsgstr "Прочитать: {name}"\n'
    )  # fmt: skip


def test_a_phrase_is_taken_out_with_its_notes_and_no_other() -> None:
    gone = po.with_entry(FILE, "{count} day", "")

    assert list(po.phrases(gone)) == ["Read: {name}", "One line"]
    assert gone.startswith(FILE[: FILE.index("# Nobody")])
    assert "#~ msgid" in gone


def test_a_new_phrase_goes_to_the_end() -> None:
    words = po.new_words('Say "{word}"', "", ("Скажите «{word}»\nгромко",), ("Translators: Loudly.",))

    newer = po.with_entry(FILE, 'Say "{word}"', words)

    assert newer.startswith(FILE.rstrip("\n"))
    assert po.phrases(newer)['Say "{word}"'].strings == ("Скажите «{word}»\nгромко",)


def test_each_form_says_which_numbers_take_it() -> None:
    assert po.numbers_of(FILE) == ["1, 21, 31", "2, 3, 4", "5, 6, 7"]
