"""An inline query, typed in any chat: topics to share there, never a safety topic, never a danger answer."""

from aiogram import Bot
from aiogram.methods import AnswerInlineQuery
from aiogram.types import (
    ChosenInlineResult,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
)

from bot.safety import is_safety
from bot.screens import Address, Screen, Screens
from bot.screens.address import Link
from bot.telegram.counting import Counting


async def results(query: InlineQuery, bot: Bot, language: str, screens: Screens) -> AnswerInlineQuery:
    """Up to five topics in the asker's language, for the asker alone, each with a way to the bot below it."""
    name = (await bot.me()).username
    label = screens.languages[language].say("Open the chat")

    def way(topic: str) -> InlineKeyboardMarkup:
        start = screens.codec.start(Link(language, Address(topic)))
        button = InlineKeyboardButton(text=label, url=f"https://t.me/{name}?start={start}")
        return InlineKeyboardMarkup(inline_keyboard=[[button]])

    found = [
        InlineQueryResultArticle(
            id=topic,
            title=title,
            description=summary,
            input_message_content=InputTextMessageContent(
                message_text=text,
                parse_mode="HTML",
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            ),
            reply_markup=way(topic),
        )
        for topic, title, summary, text in screens.to_share(query.query, language)
    ]
    return query.answer(found, cache_time=60, is_personal=True)  # type: ignore[arg-type]  # a list of one kind of result


async def chosen(result: ChosenInlineResult, language: str, chat: int, screens: Screens, counting: Counting) -> None:
    """Count the topic that was really sent; what was only typed, letter by letter, is counted nowhere."""
    topic = result.result_id
    if topic in screens.content.topics and not is_safety(topic):
        shown = Screen(language, "", topic=topic, outcome="shown")
        counting.shown(shown, screens.languages[language], chat, "inline")
