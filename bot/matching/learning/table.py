"""Numbers as rows of `Lanes`."""

import numpy as np
from numpy.typing import NDArray

from bot.matching.lanes import Lanes, half_of

_MOST = 32767


def table(numbers: NDArray[np.float32]) -> Lanes:
    """Every number as 16 bits, the largest as large as they can say."""
    rows, columns = numbers.shape
    half = half_of(columns)
    scale = _MOST / (float(np.abs(numbers).max()) or 1.0) if numbers.size else 1.0
    wide = np.zeros((rows, 2 * half), np.float32)
    wide[:, :columns] = numbers
    kept = np.rint(wide * scale).astype(np.int32) + _MOST + 1
    return Lanes(columns, scale, kept.reshape(rows, 2, half).swapaxes(1, 2).astype("<u2").tobytes())
