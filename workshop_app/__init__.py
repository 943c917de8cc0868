"""Behovsverkstad: needs-identification workshops on one laptop, without internet."""

import os

__version__ = "0.1.0"

# The matrices here are small: more threads win nothing, but spin for turns that phones and window wait for.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read when NumPy is loaded
