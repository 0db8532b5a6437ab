"""`python -m bench [held|dev|test] ...`: figures of matching, by default held out and test; `demand`, `load`: of
the desk, and of speed over HTTP; `chaos [CHATS]`: what is lost when everything goes wrong;
`desk`: what a publication costs a running bot; `mutants [FILE ...]`: what the tests would not notice;
`audit [FOLDER]`: which locked packages are known to be vulnerable."""

import os
import sys

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # one core, as the goals say

from bench import audit, chaos, demand, desk, load, matching, mutants

if sys.argv[1:] == ["demand"]:
    sys.exit(demand.main())
if sys.argv[1:2] == ["load"]:
    sys.exit(load.main(sys.argv[2:]))
if sys.argv[1:2] == ["desk"]:
    sys.exit(desk.main(sys.argv[2:]))
if sys.argv[1:2] == ["chaos"]:
    sys.exit(chaos.main(sys.argv[2:]))
if sys.argv[1:2] == ["audit"]:
    sys.exit(audit.main(sys.argv[2:]))
if sys.argv[1:2] == ["mutants"]:
    sys.exit(mutants.main(sys.argv[2:]))
sys.exit(matching.main(sys.argv[1:] or ["held", "test"]))
