"""What all tests share: one thread for matrices, and histories drawn alike on every run unless asked to explore.

TUOLIAN_EXPLORE=1 draws new examples at each run (`make explore`): a run of the suite must not depend on luck, a search
for what nobody thought of must.
"""

import os

from hypothesis import settings

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

settings.register_profile("steady", derandomize=True, print_blob=True)
settings.register_profile("exploring", print_blob=True)
settings.load_profile("exploring" if os.environ.get("TUOLIAN_EXPLORE") else "steady")
