"""`python -m bench.capacity`: how long answers wait for Telegram's limits at so many messages a day; simulated."""

import numpy as np

EVENING = 20  # o'clock, when most ask
SURGE = 5  # times as many for half an hour, as after news of a raid


def main() -> None:
    """One line for each load, limit and kind of day."""
    for messages in (10_000, 1_000_000, 100_000_000):
        for limit in (30, 1000, 5000):
            for surge in (1, SURGE):
                peak, waits = day(messages, limit, surge)
                shown = ", ".join(f"{name} {wait:.1f} s" for name, wait in waits.items())
                print(f"{messages:>11,} a day, {limit:>4}/s allowed, surge {surge}: peak {peak}/s; {shown}")


def day(messages: int, limit: int, surge: int) -> tuple[int, dict[str, float]]:
    """The busiest second, and how long answers waited, in one seeded day."""
    hours = np.arange(86_400) / 3600
    share = 1 + 0.9 * np.cos((hours - EVENING) / 24 * 2 * np.pi)
    share[EVENING * 3600 : EVENING * 3600 + 1800] *= surge
    arrived = np.random.default_rng(7).poisson(messages / 86_400 * share)
    waits, queue = np.zeros(86_400), 0.0
    for second, count in enumerate(arrived):
        queue = max(0.0, queue + count - limit)
        waits[second] = queue / limit
    order = np.argsort(waits)
    reached = np.cumsum(arrived[order]) / arrived.sum()
    found = {
        name: float(waits[order][np.searchsorted(reached, at)]) for name, at in (("half", 0.5), ("99 of 100", 0.99))
    }
    return int(arrived.max()), found | {"longest": float(waits.max())}


if __name__ == "__main__":
    main()
