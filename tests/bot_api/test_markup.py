"""Telegram's HTML: what becomes of it, and with which words it is refused."""

import pytest

from bot.bot_api import BotApiError, Json, parse_html, to_html


def entity(kind: str, offset: int, length: int, **more: str) -> Json:
    return {"type": kind, "offset": offset, "length": length, **more}


@pytest.mark.parametrize(
    ("html", "text", "entities"),
    [
        ("plain", "plain", []),
        ("<b>bold</b>", "bold", [entity("bold", 0, 4)]),
        ("<strong>a</strong><em>b</em>", "ab", [entity("bold", 0, 1), entity("italic", 1, 1)]),
        ("<b><i>both</i></b>", "both", [entity("bold", 0, 4), entity("italic", 0, 4)]),
        ("<b>a<u>b</u></b>", "ab", [entity("bold", 0, 2), entity("underline", 1, 1)]),
        ("😀<b>x</b>", "😀x", [entity("bold", 2, 1)]),
        ("<b>қазақ</b>", "қазақ", [entity("bold", 0, 5)]),
        ("<B>x</b>", "x", [entity("bold", 0, 1)]),
        ("<b >x</b >", "x", [entity("bold", 0, 1)]),
        ("<b>x</>", "x", [entity("bold", 0, 1)]),
        ("<b></b>x", "x", []),
        ("1 &lt; 2 &amp;&amp; 3 &gt; 2 &quot;", '1 < 2 && 3 > 2 "', []),
        ("&#1179;&#x49B;", "ққ", []),
        ("&nbsp; &copy; & &#0;", "&nbsp; &copy; & &#0;", []),
        ('<a href="https://gov.kz">x</a>', "x", [entity("text_link", 0, 1, url="https://gov.kz/")]),
        (
            "<a href='http://gov.kz/a?b=1&amp;c=2'>x</a>",
            "x",
            [entity("text_link", 0, 1, url="http://gov.kz/a?b=1&c=2")],
        ),
        ("<a>gov.kz</a>", "gov.kz", [entity("text_link", 0, 6, url="http://gov.kz/")]),
        ('<a href="tel:102">102</a>', "102", []),
        ('<a href="javascript:alert(1)">x</a>', "x", []),
        ("<code>x</code>", "x", [entity("code", 0, 1)]),
        ('<pre><code class="language-python">x</code></pre>', "x", [entity("pre", 0, 1, language="python")]),
        ("<blockquote expandable>x</blockquote>", "x", [entity("expandable_blockquote", 0, 1)]),
        ('<span class="tg-spoiler">x</span>', "x", [entity("spoiler", 0, 1)]),
        ('<tg-emoji emoji-id="123">👍</tg-emoji>', "👍", [entity("custom_emoji", 0, 2, custom_emoji_id="123")]),
        ("<s>a</s><del>b</del>", "ab", [entity("strikethrough", 0, 1), entity("strikethrough", 1, 1)]),
    ],
)
def test_known_tags_become_entities(html: str, text: str, entities: list[Json]) -> None:
    formatted = parse_html(html)

    assert (formatted.text, list(formatted.entities)) == (text, entities)


@pytest.mark.parametrize(
    ("html", "refusal"),
    [
        ("a<br>b", 'Unsupported start tag "br" at byte offset 1'),
        ("a<br/>b", 'Unsupported start tag "br/" at byte offset 1'),
        ("я<p>x</p>", 'Unsupported start tag "p" at byte offset 2'),
        ("😀<h1>x</h1>", 'Unsupported start tag "h1" at byte offset 4'),
        ("2 < 3", 'Unsupported start tag "" at byte offset 2'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("x<", "Unclosed start tag at byte offset 1"),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b><i>x", 'Can\'t find end tag corresponding to start tag "i"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<b>x</b y>", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<a "x">y</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=http://x>y</a>", "Unexpected end of name token at byte offset 8"),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ('<tg-emoji emoji-id="x">👍</tg-emoji>', "Invalid custom emoji identifier specified"),
        (
            "&#xD83D;",
            "Text contains invalid Unicode characters after decoding HTML entities,"
            " check for unmatched surrogate code units",
        ),
    ],
)
def test_what_telegram_cannot_read_is_refused_with_its_words(html: str, refusal: str) -> None:
    with pytest.raises(BotApiError) as error:
        parse_html(html)

    assert (error.value.code, error.value.description) == (400, f"Bad Request: can't parse entities: {refusal}")


@pytest.mark.parametrize(
    "html",
    [
        "a &amp; b &lt;c&gt;",
        "<b>x <i>y</i></b> z",
        "<b><i>x</i></b>",
        '😀 <a href="https://gov.kz/a?b=1&amp;c=2">сайт</a>',
        '<pre><code class="language-python">x</code></pre>',
        "<blockquote expandable>x</blockquote><blockquote>y</blockquote>",
        "<code>1</code><u>2</u><s>3</s><tg-spoiler>4</tg-spoiler>",
        '<a href="tg://user?id=5">x</a><tg-emoji emoji-id="7">👍</tg-emoji>',
    ],
)
def test_a_text_and_its_entities_give_the_html_back(html: str) -> None:
    formatted = parse_html(html)

    assert to_html(formatted.text, formatted.entities) == html
