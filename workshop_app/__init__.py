"""Behovsverkstad: needs-identification workshops on one laptop, without internet."""

__version__ = "0.1.0"
