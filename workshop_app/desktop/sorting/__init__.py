"""Sorting cards: the leader alone and fast, or the whole room on its phones."""
