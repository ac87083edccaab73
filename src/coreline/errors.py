"""The one base of every error that a user can fix; the command line prints it as a single line."""

from collections.abc import Sequence

from coreline.printable import printable


class CorelineError(Exception):
    """Say what is wrong, where, and how to fix it, in one line; as a text it is in English.

    `nl` is the same in Dutch, for what a patient meets. `language` is that of the person whom it is
    about, where somebody knows; None: that of the settings.
    """

    def __init__(self, en: object = "", *, nl: str | None = None) -> None:
        super().__init__(en)
        self.nl = nl
        self.language: str | None = None

    def __str__(self) -> str:
        """Return that line, printable whatever a file's name or a text in it holds."""
        return printable(super().__str__())

    def in_(self, language: str) -> str:
        """Return the line in a language; in English where there is no other."""
        return printable(self.nl) if language == "nl" and self.nl is not None else str(self)

    def lines_in(self, language: str) -> tuple[str, ...]:
        """Return a line for each mistake; of most there is one."""
        return (self.in_(language),)


class BadSourceError(CorelineError):
    """A clip, trace or camera cannot be read."""


class BadModelError(CorelineError):
    """A pose model is missing or altered."""


class BadDataError(CorelineError):
    """A data file (exercise, settings) is malformed."""


class BadPlanError(BadDataError):
    """The plan of a physiotherapist has mistakes; as a text it is the first of them."""

    def __init__(self, mistakes: Sequence[tuple[str, str]]) -> None:
        """Take each mistake in English and in Dutch, at least one."""
        super().__init__(mistakes[0][0], nl=mistakes[0][1])
        self.mistakes = tuple(mistakes)

    def lines_in(self, language: str) -> tuple[str, ...]:
        """Return every mistake, a line each."""
        return tuple(printable(nl if language == "nl" else en) for en, nl in self.mistakes)


class UnknownExerciseError(CorelineError):
    """No exercise has this id."""


class BadOutputError(CorelineError):
    """A result cannot be written where it was asked for."""


class JournalError(CorelineError):
    """The journal cannot be read or written, or does not hold what was asked for."""


class JournalBusyError(JournalError):
    """Another program has the journal open for writing."""


class JournalUnwritableError(JournalError):
    """The journal's folder or disk takes no writing; a session can go on in memory."""


class JournalDamagedError(JournalError):
    """The journal's file no longer holds what was written."""


class NameRefusedError(JournalError):
    """A person's name is none, or somebody else here has it."""


class UnknownProfileError(CorelineError):
    """No profile has this id or name, or no profile is chosen."""


class NotCalibratedError(CorelineError):
    """What a camera's place is measured with was not seen."""


class NoDisplayError(CorelineError):
    """There is no display for a window."""


class UnknownSessionError(CorelineError):
    """No session that was kept is the one that was asked for."""


class UnknownEntryError(CorelineError):
    """Nothing of what was kept, or of what was taken back, is what was asked for."""


class DesktopError(CorelineError):
    """The system's menu, timer or notification did not do what was asked."""


class ClusterError(CorelineError):
    """A cluster cannot be reached, or one of its workers does not judge as this computer would."""


class NoPdfError(CorelineError):
    """No browser here can make a PDF, or the one there is did not."""


class NoVoiceError(CorelineError):
    """What is to speak, or to be recorded, is not there, or came to nothing."""
