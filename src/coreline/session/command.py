"""What the person asks of a session."""

from enum import StrEnum


class Command(StrEnum):
    """What the person asked for."""

    PAUSE = "pause"  # or go on; it also closes the question about pain
    HALT = "halt"  # pause for what covers the page; nothing where it is paused already
    GO_ON = "go_on"  # the end of that
    SKIP = "skip"  # the rest, the explanation, or the set
    NEXT = "next"  # leave this exercise
    BACK = "back"  # the set again
    PLUS = "plus"  # one more counted; in a rest, a longer one
    MINUS = "minus"
    PAIN = "pain"  # it hurts
    PAIN_SKIP = "pain_skip"  # leave this exercise for today
    PAIN_NOTE = "pain_note"  # go on
    PAIN_STOP = "pain_stop"  # stop for today
    END = "end"


PAIN_ANSWERS = (Command.PAIN_SKIP, Command.PAIN_NOTE, Command.PAIN_STOP)
