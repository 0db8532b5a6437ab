"""`python -m bench [held|dev|test] ...`: figures of matching, by default held out and test; `demand`: of the desk."""

import os
import sys

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # one core, as the goals say

from bench import demand, matching

if sys.argv[1:] == ["demand"]:
    sys.exit(demand.main())

sys.exit(matching.main(sys.argv[1:] or ["held", "test"]))
