"""The question whether to go on to another level, in a terminal: once a day, and not again."""

import sys
from collections.abc import Iterator

import typer

from coreline.commands.terminal import tell, tell_lines
from coreline.journal.choices import write_choice
from coreline.journal.database import Journal
from coreline.programme.day import LevelQuestion, Offer
from coreline.programme.life import Life, Profile
from coreline.programme.sayings import say
from coreline.programme.wording import Speaker


def question_lines(question: LevelQuestion, speaker: Speaker) -> Iterator[str]:
    """Yield what is asked, and what speaks for going on and against it."""
    yield f"{speaker.text('question.title')} {speaker.say(question.asks)}"
    for speaks, fact in question.facts:
        yield f"  {speaker.text(f'question.{speaks}')}: {speaker.say(fact)}"


def offer_line(number: int, offer: Offer, speaker: Speaker) -> str:
    """Return what may be chosen under a number."""
    return f"  {number}. {speaker.say(offer.what)}. {speaker.say(offer.why)}"


def ask_level(
    journal: Journal, profile: Profile, life: Life, question: LevelQuestion | None, speaker: Speaker
) -> Life:
    """Ask about the level, where there is a terminal and it was not asked today; return the life.

    What is chosen is written down, and that it was asked; who presses Enter is asked tomorrow.
    """
    if question is None or any(each.day == question.asked.day for each in life.asked):
        return life
    if not sys.stdin.isatty():
        return life
    tell_lines(question_lines(question, speaker))
    offers = question.offers
    tell_lines(offer_line(number, offer, speaker) for number, offer in enumerate(offers, 1))
    chosen = _chosen(len(offers), speaker)
    journal.note(profile.id, question.asked)
    if chosen is not None:
        write_choice(journal, profile, offers[chosen - 1].choice)
        tell(speaker.say(say("word.chosen", what=speaker.say(offers[chosen - 1].what))))
    return journal.life(profile.id)


def _chosen(most: int, speaker: Speaker) -> int | None:
    """Return the number that is typed; None where nothing is, asked again for any other."""
    while given := str(
        typer.prompt(speaker.text("question.which"), default="", show_default=False)
    ):
        if given.strip().isdecimal() and 1 <= int(given) <= most:
            return int(given)
    return None
