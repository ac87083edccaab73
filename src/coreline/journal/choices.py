"""Write down what a person chose of what the plan offers."""

from dataclasses import replace
from typing import assert_never

from coreline.journal.database import Journal
from coreline.programme.day import Choice, StartChosen
from coreline.programme.life import EasierChosen, LevelChosen, Profile, RestChosen


def write_choice(journal: Journal, profile: Profile, choice: Choice) -> None:
    """Write down what a person chose."""
    match choice:
        case LevelChosen() | EasierChosen() | RestChosen():
            journal.note(profile.id, choice)
        case StartChosen(day=day):
            journal.save_profile(replace(profile, start=day))
        case _:
            assert_never(choice)
