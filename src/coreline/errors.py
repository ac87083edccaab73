"""The one base of every error a user can mend; the command line prints it as a single line."""


class CorelineError(Exception):
    """Say what is wrong, where, and the mend, in one line."""


class BadSourceError(CorelineError):
    """A clip, trace or camera cannot be read."""


class BadModelError(CorelineError):
    """A pose model is missing or altered."""


class BadDataError(CorelineError):
    """A data file (exercise, settings) is malformed."""


class UnknownExerciseError(CorelineError):
    """No exercise has this id."""


class BadOutputError(CorelineError):
    """A result cannot be written where it was asked for."""
