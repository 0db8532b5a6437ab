"""An inline query, typed in any chat: topics to share there, never a safety topic, never a danger answer."""

from aiogram.methods import AnswerInlineQuery
from aiogram.types import InlineQuery, InlineQueryResultArticle, InputTextMessageContent, LinkPreviewOptions

from bot.screens import Screens


async def results(query: InlineQuery, language: str, screens: Screens) -> AnswerInlineQuery:
    """Up to five topics in the asker's language, for the asker alone."""
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
        )
        for topic, title, summary, text in screens.to_share(query.query, language)
    ]
    return query.answer(found, cache_time=60, is_personal=True)  # type: ignore[arg-type]  # a list of one kind of result
