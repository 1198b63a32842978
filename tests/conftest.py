"""What all tests share: one thread for matrices, since tests run side by side and threads would wait for each other."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
