"""Answers to presses and inline queries."""

from bot.bot_api import Json, check_callback_answer, check_inline_results, check_query_is_fresh
from bot.simulator.methods.table import Method
from bot.simulator.world import World


def _answer_callback_query(world: World, params: Json) -> bool:
    text = check_callback_answer(params.get("text"))
    query_id = str(params.get("callback_query_id"))
    check_query_is_fresh(world.waiting_since(query_id))
    query = world.queries[query_id]
    query.answer = params
    if text:
        world.toast(world.rooms[query.room], text, is_alert=bool(params.get("show_alert")))
    return True


def _answer_inline_query(world: World, params: Json) -> bool:
    check_inline_results(params.get("results"))
    query_id = str(params.get("inline_query_id"))
    check_query_is_fresh(world.waiting_since(query_id))
    world.queries[query_id].answer = params
    return True


ANSWERING: dict[str, Method] = {
    "answerCallbackQuery": _answer_callback_query,
    "answerInlineQuery": _answer_inline_query,
}
