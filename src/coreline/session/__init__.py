"""A session from its first set to its last: poses and commands in, facts, cues and views out."""

from coreline.session.blocks import Block, blocks_of
from coreline.session.inputs import Command, Conditions, Guidance
from coreline.session.out import PainAnswer
from coreline.session.record import SetRecord
from coreline.session.session import Session, Step

__all__ = [
    "Block",
    "Command",
    "Conditions",
    "Guidance",
    "PainAnswer",
    "Session",
    "SetRecord",
    "Step",
    "blocks_of",
]
