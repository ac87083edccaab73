"""Who trains: the first profile, its changes, and somebody else."""

from dataclasses import replace
from uuid import uuid4

from coreline.app import pages
from coreline.app.asking import ask
from coreline.app.state import AppState
from coreline.errors import CorelineError, NameRefusedError
from coreline.programme.language import Language
from coreline.programme.life import USUAL_PLACE, Profile
from coreline.screen.answers import Changed, Picked
from coreline.training.rig import sound_of, texts_of


def welcome(state: AppState) -> bool:
    """Make the first profile, or a further one; say whether there is one now."""
    new = Profile(
        id=uuid4().hex,
        name=state.words("profile.me") if not state.journal.profiles() else "",
        language=state.words.language,
        start=state.today,
        second_way=state.settings.second_way,
        on_ball=_on_ball(state, state.settings.surface, frozenset()),
    )
    if state.journal.profiles() or state.journal.lost_everybody:
        return _edit(state, new, new=True)
    return _begin(state, new)


def change(state: AppState) -> None:
    """Change what is known of the person, or let somebody else train."""
    _edit(state, state.person, new=False)


def speak(state: AppState, language: Language) -> None:
    """Show and say everything in a language from now on."""
    state.use_texts(texts_of(language, state.catalogue))
    state.rig.player.settings = replace(sound_of(state.settings), language=language)


def use(state: AppState, profile: Profile) -> None:
    """Let a person train from now on, in their language."""
    state.journal.use_profile(profile.id)
    state.profile = profile
    speak(state, profile.language)


def _begin(state: AppState, profile: Profile) -> bool:
    """Ask what the plan needs to begin, and no more; say whether somebody trains now."""
    note = ""
    while True:
        match ask(state, pages.welcome_page(state, profile, note)):
            case Changed(id=name, value=value):
                profile = _changed(state, profile, name, value)
                if name == "language":
                    profile = replace(profile, name=state.words("profile.me"))
            case Picked(id="save"):
                note = _save(state, profile)
                if not note:
                    return True
            case _:
                return False


def _edit(state: AppState, profile: Profile, *, new: bool) -> bool:
    """Show the person's page until it is saved or left; say whether somebody trains now."""
    note = ""
    while True:
        answer = ask(state, pages.profile_page(state, profile, new=new, note=note))
        match answer:
            case Changed(id=name, value=value):
                profile = _changed(state, profile, name, value)
            case Picked(id="save"):
                note = _save(state, profile)
                if not note:
                    return True
            case Picked(id="other"):
                return _choose(state)
            case _:
                return state.profile is not None


def _changed(state: AppState, profile: Profile, name: str, value: str | float | bool) -> Profile:
    """Return the profile with one thing changed; a language is spoken at once."""
    match name:
        case "language":
            language: Language = "nl" if value == "nl" else "en"
            speak(state, language)
            return replace(profile, language=language)
        case "name":
            return replace(profile, name=str(value).strip())
        case "place":
            place = str(value).strip() or profile.place
            usual = place == state.words("profile.home")
            return replace(profile, place=USUAL_PLACE if usual else place)
        case "height_m":
            return replace(profile, height_m=float(value))
        case "surface":
            return replace(profile, on_ball=_on_ball(state, str(value), profile.on_ball))
        case _:
            return replace(profile, second_way=bool(value))


def _on_ball(state: AppState, surface: str, as_it_is: frozenset[str]) -> frozenset[str]:
    if surface == pages.SOME:
        return as_it_is
    return frozenset(state.programme.ball.exercises) if surface == pages.BALL else frozenset()


def _save(state: AppState, profile: Profile) -> str:
    """Keep the profile; return why that cannot be, or nothing."""
    try:
        state.journal.save_profile(profile)
        use(state, profile)
    except NameRefusedError:
        return state.words("profile.name_taken")
    except CorelineError as error:
        return state.words("profile.not_kept", why=error.in_(state.words.language))
    return ""


def _choose(state: AppState) -> bool:
    """Let somebody else train."""
    match ask(state, pages.people_page(state)):
        case Picked(id="new"):
            return welcome(state)
        case Picked(id=profile_id):
            use(state, state.journal.profile(profile_id))
        case _:
            pass
    return state.profile is not None
