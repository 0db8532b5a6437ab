"""How often somebody may try to sign in; counted in memory."""

import threading
import time
from collections import deque
from collections.abc import Callable

MOST, SECONDS = 20, 60.0


class Tries:
    """A window of a minute over all who try: behind a proxy every address looks the same."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._times: deque[float] = deque()
        self._lock = threading.Lock()

    def is_allowed(self) -> bool:
        """Count one more try; False where there were too many within the minute."""
        with self._lock:
            now = self._clock()
            while self._times and self._times[0] < now - SECONDS:
                self._times.popleft()
            if len(self._times) >= MOST:
                return False
            self._times.append(now)
            return True
