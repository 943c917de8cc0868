"""Makes resources/clustering/compass.npz: the directions in which the model's vectors turn when the topic changes.

A vector of the model holds style, length and mood beside the topic. Here each topic of topics.txt is put into the
same plain sentences, in Swedish and in English; what is left when sentences and languages are averaged away is
topic. The directions along which the topics differ most are kept, each as long as the topics differ along it, and
beside them the mean of each language: what a sentence about anything at all looks like.
Needs the model file and half a minute. `compass.py --check` says how far the file is from what would be made now.
"""

import sys

import numpy as np
from numpy.typing import NDArray

from workshop_app import clustering, resources
from workshop_app.clustering.likeness import COMPASS, units

SENTENCES = {
    "sv": (
        "{}",
        "Det är svårt med {}.",
        "Vi saknar tydlig information om {}",
        "Kan du berätta något om {}?",
        "Igår läste jag en lång artikel som handlade om {}, och det mesta var nytt för mig.",
        "problem med {} varje vecka",
        "Hur fungerar {} egentligen?",
        "{} har förändrats mycket de senaste åren, säger forskare.",
        "Jag vill ha hjälp med {} nu",
    ),
    "en": (
        "{}",
        "It is hard to deal with {}.",
        "We lack clear information about {}",
        "Can you tell me something about {}?",
        "Yesterday I read a long article about {}, and most of it was new to me.",
        "problems with {} every week",
        "How does {} actually work?",
        "{} has changed a lot in recent years, researchers say.",
        "I want help with {} now",
    ),
}
AXES = 80


def topics() -> list[tuple[str, str]]:
    """Each topic in Swedish and in English."""
    lines = resources.text("clustering", "topics.txt").splitlines()
    pairs = [line.split(" = ") for line in lines if not line.startswith("#")]
    return [(swedish, english) for swedish, english in pairs]


def made() -> dict[str, NDArray[np.float16]]:
    """`axes`, shape (80, 384), the longest first, their squares summing to about 384; and the mean of each language."""
    pairs = topics()
    texts = [
        sentence.format(word)
        for pair in pairs
        for word, code in zip(pair, SENTENCES, strict=True)
        for sentence in SENTENCES[code]
    ]
    read = clustering.embed(texts).astype(np.float64).reshape(len(pairs), len(SENTENCES), -1, 384)
    means = read.mean(axis=(0, 2))
    topic = units((read - means[:, None]).reshape(-1, 384)).reshape(read.shape).mean(axis=(1, 2))
    topic -= topic.mean(axis=0)
    spread, turned = np.linalg.eigh(topic.T @ topic)
    lengths = np.sqrt(spread[-AXES:] / spread.sum() * len(spread))
    axes = (turned[:, -AXES:] * lengths).T[::-1]
    axes *= np.sign(axes[np.arange(AXES), np.abs(axes).argmax(axis=1)])[:, None]
    found = {"axes": axes, **dict(zip(SENTENCES, means, strict=True))}
    return {name: part.astype(np.float16) for name, part in found.items()}


def main(check: bool) -> int:
    """Writes the file, or compares it with what would be written."""
    now = made()
    path = resources.path("clustering", COMPASS)
    if not check:
        np.savez(path, allow_pickle=False, **now)
        print(f"{path.name}: {AXES} axes from {len(topics())} topics")
        return 0
    with np.load(path) as file:
        kept = {name: file[name].astype(float) for name in file.files}
    square = kept["axes"].T @ kept["axes"] - now["axes"].T.astype(float) @ now["axes"].astype(float)
    off = max(np.abs(square).max(), *(np.abs(kept[code] - now[code]).max() for code in SENTENCES))
    print(f"{path.name}: off by at most {off:.4f}")
    return int(off > 0.05)


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
