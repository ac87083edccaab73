"""What is said of a recording of which it cannot be told which exercise it is."""

from coreline.data_files import load_texts
from coreline.errors import UnknownExerciseError
from coreline.judging.recognise import Recognition
from coreline.programme.language import Language
from coreline.programme.texts import FlatTexts


def not_recognised(clip: object, verdict: Recognition | None) -> UnknownExerciseError:
    """Return the error, which says why and what to do."""
    return UnknownExerciseError(
        f"{clip}: cannot tell which exercise this is{_why(verdict, 'en')}; name it with "
        "--exercise ID, coreline exercises lists them",
        nl=f"{clip}: het is niet te zien welke oefening dit is{_why(verdict, 'nl')}; noem haar met "
        "--exercise CODE, coreline exercises toont ze allemaal",
    )


def _why(verdict: Recognition | None, language: Language) -> str:
    if verdict is None:
        return ""
    texts = load_texts("archive/texts.toml", FlatTexts)
    return f" ({texts.say(f'why_{verdict.why}', language)})"
