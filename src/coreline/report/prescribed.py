"""What a physiotherapist prescribed, as a report says it: whose plan it is, and what it asks."""

from coreline.data_files import load_sentences
from coreline.programme.catalogue import Catalogue
from coreline.programme.language import Language
from coreline.programme.plan_words import plan_heading, plan_sentences
from coreline.programme.prescription import Prescription
from coreline.programme.wording import Speaker
from coreline.report.summary import programme


def prescribed_lines(
    plan: Prescription, catalogue: Catalogue, language: Language, level_id: str | None
) -> tuple[str, ...]:
    """Return a heading and a sentence for each thing prescribed; nothing where nothing is.

    Args:
        plan: the plan of the day.
        catalogue: the exercises there are.
        language: of the report.
        level_id: where the person was.
    """
    if plan.says_nothing:
        return ()
    speaker = Speaker(load_sentences(), programme(), catalogue, language)
    return (plan_heading(plan, speaker), *plan_sentences(plan, catalogue, speaker, level_id))
