"""The reading pages hold the handout's words, sentence by sentence, and in English as many."""

import re

import pytest

from coreline.programme.language import LANGUAGES
from coreline.programme.reading import pages
from lives import PROGRAMME, SENTENCES

# The handout's sentences as it has them, by page.
HANDOUT = {
    "purpose": """
Veel klachten van onderrug, bilstreek, hamstrings en liezen worden veroorzaakt door een
disbalans in krachten rondom het bekken, de onderrug en de heupen.

spierkracht tekort in buik-, rug- en bovenbeenspieren

een onevenwicht in spierkracht

onvoldoende coördinatie in spierkracht

Vooral bij sporten waarbij de core (zwaartepunt van het lichaam: bekken) snel in het
horizontale en verticale vlak beweegt, zoals loop-, bal-, zwem- en vechtsporten, is een goede
core stabiliteit van belang (ook wel bekken-romp stabiliteit genoemd).

Bijgevolg verbetert het programma ook de sportprestatie.
""",
    "ball": """
Er wordt aangeraden om een balans bal (ook wel Swiss ball genoemd) te gebruiken, hoewel ook
een variant zonder bal mogelijk is.

De diameter is afhankelijk van de lichaamslengte
""",
    "every_day": """
Het programma is combinatie van kracht en coördinatie oefeningen.

Doe de oefeningen elke dag.
""",
    "pain": """
De eerste 3 weken kunnen de klachten licht toenemen, dit is een gunstig teken dat er
veranderingen in het spierkorset optreden.

Is een oefening erg pijnlijk, sla deze dan over.

Neem bij uitgesproken pijnklachten enkele dagen rust, wanneer de pijn niet verdwijnt of snel
terugkomt bij het herstarten van de oefeningen: neem contact op met de sportarts.
""",
    "sitting": """
Zitten is vaak de oorzaak van rugklachten.

De balans bal kan ook als stoel worden gebruikt en dwingt daarmee tot een goede houding en
traint daarmee de buik- en rugspieren.
""",
    "sport": """
Loop-, bal-, zwem- en vechtsporten zijn goed om de bekken-romp stabiliteit te trainen en
onderhouden.

Om deze sporten goed te kunnen uit voeren is wel een minimum aan core stability nodig (dit kan
worden getraind met bovenstaand programma).

Deze snelle sporten vereisen vooral coördinatie en spierkracht evenwicht.

Bij krachtsporten en een sport als muurklimmen staat de core spierkracht voorop.
""",
}
# Slips of the pen in it, which the pages correct.
CORRECTED = {
    "programma is combinatie": "programma is een combinatie",
    "trainen en onderhouden": "trainen en te onderhouden",
}
FORMAL = re.compile(r"\b(u|uw|uzelf)\b", re.IGNORECASE)


def letters(text: str) -> str:
    """A text without spaces and signs: compound words are written as one or as two."""
    return re.sub(r"[\W_]", "", text).lower()


def written(page_id: str) -> str:
    (page,) = [each for each in pages(PROGRAMME, SENTENCES, "nl") if each.id == page_id]
    return letters(" ".join([page.title, *page.paragraphs, *page.points]))


@pytest.mark.parametrize(
    ("page_id", "sentence"),
    [(page_id, each) for page_id, text in HANDOUT.items() for each in text.split("\n\n")],
)
def test_the_dutch_is_the_handout_s(page_id: str, sentence: str) -> None:
    corrected = letters(sentence)
    for slip, right in CORRECTED.items():
        corrected = corrected.replace(letters(slip), letters(right))
    assert corrected in written(page_id)


def test_the_titles_are_the_handout_s() -> None:
    titles = {page.id: page.title for page in pages(PROGRAMME, SENTENCES, "nl")}
    assert titles["purpose"] == "De oefentherapie"
    assert titles["pain"] == "Wat te doen bij pijn"
    assert (titles["sitting"], titles["sport"]) == ("Zitten", "Sport")


def test_the_pages_come_in_their_order_in_both_languages() -> None:
    order = ["purpose", "every_day", "sitting", "sport", "pain", "ball"]
    for language in LANGUAGES:
        assert [page.id for page in pages(PROGRAMME, SENTENCES, language)] == order


def test_each_page_has_as_much_in_english() -> None:
    dutch, english = (pages(PROGRAMME, SENTENCES, language) for language in ("nl", "en"))
    for one, other in zip(dutch, english, strict=True):
        assert len(one.paragraphs) == len(other.paragraphs) > 0
        assert len(one.points) == len(other.points)
        assert one.paragraphs != other.paragraphs
        assert 0.6 < len(" ".join(one.paragraphs)) / len(" ".join(other.paragraphs)) < 1.6


def test_the_dutch_never_says_u() -> None:
    for page in pages(PROGRAMME, SENTENCES, "nl"):
        assert not FORMAL.search(" ".join([page.title, *page.paragraphs, *page.points]))


@pytest.mark.parametrize("size", ["1,68", "1,88", "55", "65", "75"])
def test_the_ball_page_gives_the_handout_s_sizes(size: str) -> None:
    (page,) = [each for each in pages(PROGRAMME, SENTENCES, "nl") if each.id == "ball"]
    assert size in " ".join(page.paragraphs)
