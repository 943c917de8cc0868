"""The tokenizer inside the model file: text to the numbers of its word pieces."""

import re

_SPACE = "▁"  # SentencePiece writes a space as this visible mark
_SPACES = re.compile(r" {2,}")


class Pieces:
    """Cuts a text into the likeliest pieces of a fixed list (the unigram model of SentencePiece).

    `pieces` and `scores` run in parallel (a score is a log probability); `changes` maps one character to
    what the model was trained to see instead of it, possibly nothing.
    """

    def __init__(self, pieces: list[str], scores: list[float], changes: dict[int, str], unknown: int) -> None:
        self._number: dict[str, int] = {}
        for number, piece in enumerate(pieces):
            if piece and number != unknown:
                self._number.setdefault(piece, number)
        self._scores = scores
        self._changes = changes
        self._unknown = unknown
        self._unknown_score = min(scores) - 10.0
        self._longest = max(map(len, pieces))

    def cut(self, text: str) -> list[int]:
        """The numbers of the pieces of a text, without marks for its beginning and end."""
        text = _SPACES.sub(" ", text.translate(self._changes)).replace(" ", _SPACE)
        if not text.startswith(_SPACE):
            text = _SPACE + text
        size = len(text)
        best = [0.0] + [-1e30] * size
        came: list[tuple[int, int]] = [(0, 0)] * (size + 1)
        number, scores = self._number, self._scores
        for start in range(size):
            so_far = best[start]
            for end in range(start + 1, min(size, start + self._longest) + 1):
                piece = number.get(text[start:end])
                if piece is not None and so_far + scores[piece] > best[end]:
                    best[end], came[end] = so_far + scores[piece], (start, piece)
            if so_far + self._unknown_score > best[start + 1]:
                best[start + 1], came[start + 1] = so_far + self._unknown_score, (start, self._unknown)
        found: list[int] = []
        while size > 0:
            size, piece = came[size]
            found.append(piece)
        return found[::-1]
