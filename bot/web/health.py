"""For whoever watches the bot: /healthz is it alive, /readyz can it answer, /metrics how it fares; nobody is in it."""

import json
from collections.abc import Awaitable, Callable, Iterable, Mapping
from http import HTTPStatus
from itertools import accumulate

from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.telegram.tally import SECONDS, Tally, Times
from bot.web.plain import Page, Pages

Checks = Mapping[str, Callable[[], Awaitable[bool]]]
Depth = Callable[[], tuple[int, int]]


def build_health(checks: Checks, tally: Tally, depth: Depth, spare: Checks | None = None) -> Pages:
    """Pages of a listener of their own; `checks` say whether what the bot needs is there, `depth` what is in hand.

    What is `spare` is told as well, but the bot answers without it: an outage of it takes no instance out of use.
    """
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    registry.register(Told(tally, depth))

    async def healthz() -> Page:
        return Page("alive\n")

    async def readyz() -> Page:
        found = {name: await check() for name, check in checks.items()}
        told = {name: await check() for name, check in (spare or {}).items()}
        status = HTTPStatus.OK if all(found.values()) else HTTPStatus.SERVICE_UNAVAILABLE
        return Page(json.dumps(found | told), "application/json; charset=utf-8", status)

    async def metrics() -> Page:
        return Page(generate_latest(registry).decode())

    return {"/healthz": healthz, "/readyz": readyz, "/metrics": metrics}


class Told(Collector):
    """A Tally in the words of Prometheus, made when it is asked for, so that counting costs nothing before."""

    def __init__(self, tally: Tally, depth: Depth) -> None:
        self._tally = tally
        self._depth = depth

    def collect(self) -> Iterable[Metric]:
        """Every figure as it is now."""
        tally = self._tally
        updates = CounterMetricFamily("safar_updates", "Updates taken, by kind", labels=["kind"])
        for kind, count in tally.updates.items():
            updates.add_metric([kind], count)
        outcomes = CounterMetricFamily("safar_answers", "What came of updates", labels=["outcome"])
        for outcome, count in tally.outcomes.items():
            outcomes.add_metric([outcome], count)
        answers = HistogramMetricFamily("safar_answer_seconds", "From an update's coming to its answer")
        answers.add_metric([], *_buckets(tally.answers))
        calls = HistogramMetricFamily("safar_call_seconds", "Calls of Telegram", labels=["method", "ok"])
        for (method, is_ok), times in tally.calls.items():
            calls.add_metric([method, "yes" if is_ok else "no"], *_buckets(times))
        in_hand, waiting = self._depth()
        yield from (updates, outcomes, answers, calls)
        yield GaugeMetricFamily("safar_in_hand", "Updates taken and not yet answered", value=in_hand)
        yield GaugeMetricFamily("safar_waiting", "Those of them that wait for their turn", value=waiting)
        yield GaugeMetricFamily("safar_telegram_reached", "Whether Telegram answered last", value=tally.is_reached)


def _buckets(times: Times) -> tuple[list[tuple[str, float]], float]:
    ends = [*map(str, SECONDS), "+Inf"]
    return [(end, float(count)) for end, count in zip(ends, accumulate(times.counts), strict=True)], times.total
