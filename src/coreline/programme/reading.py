"""The handout's texts as pages to read: why, every day, sitting, sport, pain and the ball."""

from dataclasses import dataclass

from coreline.programme.language import Language
from coreline.programme.spec import Programme, Text
from coreline.programme.texts import TextBook


@dataclass(frozen=True, slots=True)
class HandoutPage:
    """One page in one language; `points` are a list that follows the first paragraph."""

    id: str
    title: str
    paragraphs: tuple[str, ...]
    points: tuple[str, ...] = ()


def pages(programme: Programme, sentences: TextBook, language: Language) -> tuple[HandoutPage, ...]:
    """Return every page in its order."""
    pain, ball = programme.pain, programme.ball
    purpose = (programme.purpose, programme.performance)

    def page(page_id: str, title: Text, *texts: Text, points: tuple[Text, ...] = ()) -> HandoutPage:
        return HandoutPage(
            page_id, title.in_(language), _in(texts, language), _in(points, language)
        )

    return (
        page("purpose", programme.title, *purpose, points=programme.causes),
        page("every_day", sentences.text("page.every_day"), programme.every_day, programme.kind),
        page("sitting", programme.sitting.title, programme.sitting.text),
        page("sport", programme.sport.title, programme.sport.text),
        page("pain", pain.title, pain.may_rise, pain.skip, pain.rest, pain.contact),
        page("ball", sentences.text("page.ball"), ball.advice, ball.size_advice),
    )


def _in(texts: tuple[Text, ...], language: Language) -> tuple[str, ...]:
    return tuple(text.in_(language) for text in texts)
