"""Everything goes wrong at once, and the bot is killed in the middle: the small form of `python -m bench chaos`."""

import shutil
from pathlib import Path

from bench.chaos import chaos


async def test_nothing_is_lost_to_faults_and_a_kill(tmp_path: Path, weights: Path) -> None:
    shutil.copytree(weights, tmp_path / "cache")

    came = await chaos(20, tmp_path)

    assert came.is_good, came
