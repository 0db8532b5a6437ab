"""`python -m bench [held|dev|test] ...`: figures of matching; examples held out and the test questions by default."""

import os
import sys

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # one core, as the goals say

from bench import matching

sys.exit(matching.main(sys.argv[1:] or ["held", "test"]))
