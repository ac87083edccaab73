"""Plays voice and beeps. Without a sound device it says so once, and every call still works.

Two channels. Beeps sound at once, the newer in place of the older, and quieter under the voice. The
voice says one line at a time: `VoiceQueue` decides what is said now, next or never, this plays it.
There is no thread and no call back: `tick` looks whether the clip has ended and goes on.

The device is open, or gone for good: a session is not stopped by its sound, and the screen shows
all of it. Loading goes on beside, so a clip may not be there yet, or not at all; then the beep of
its weight stands in. A clip that sounds far longer than it is hangs in a device that was unplugged
without a word, and counts as ended.
"""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from pygame.mixer import Sound

from coreline.closing import Closing
from coreline.programme.spec import Text
from coreline.sound.beeps import NAMES
from coreline.sound.choice import Mode, SoundSettings
from coreline.sound.clips import Clips
from coreline.sound.device import AudioDevice
from coreline.sound.queue import Priority, Utterance, VoiceQueue

NO_SOUND: Final = Text(
    en="No sound device: the session goes on, with everything shown on the screen.",
    nl="Geen geluidsapparaat: de training gaat door, en alles staat op het scherm.",
)
SOUND_GONE: Final = Text(
    en="The sound device is gone: the session goes on without sound.",
    nl="Het geluidsapparaat is weg: de training gaat door zonder geluid.",
)
NO_CLIP: Final = Text(
    en='No clip to play for "{}": a beep stands in for what is missing.',
    nl='Geen opname om te laten horen voor "{}": een piep staat ervoor in.',
)
GRACE_S: Final = 1.0  # a clip that sounds so much longer than it is hangs in a device that is gone
# More than a session has; bounded, since nobody reads it but benchmarks and tests
LONGEST_LOG: Final = 10_000

# The beep that stands in for words: good high or rising, bad low or falling, as all beeps are.
STAND_INS: Final = {
    Priority.PAIN: "lost",
    Priority.CORRECTION: "refused",
    Priority.FLOW: "ready",
    Priority.COUNT: "counted",
    Priority.PRAISE: "counted",
}


@dataclass(frozen=True, slots=True)
class Started:
    """Something that began to sound, at a time of the player's clock.

    `name` is a cue's id or a beep's name; `stands_in` says that a beep was heard for a cue.
    """

    t_s: float
    name: str
    is_voice: bool
    stands_in: bool = False


class Player(Closing):
    """Says cues and plays beeps. Use it as a context manager, from one thread.

    `log` tells what began to sound, and when.
    """

    def __init__(
        self,
        say: Callable[[str], None],
        settings: SoundSettings | None = None,
        *,
        muted: bool = False,
        clock_s: Callable[[], float] = time.monotonic,
    ) -> None:
        """Open the sound device; where there is none, `say` so.

        Args:
            say: Where to tell what the person should know; nothing is told twice.
            settings: What to hear; beeps alone when None.
            muted: Whether to be silent until `muted` is changed.
            clock_s: Tells how old what is to be said is, and when it sounded, seconds.
        """
        self._settings = settings or SoundSettings(Mode.BEEPS)
        self._muted = muted or self._settings.mode is Mode.MUTE
        self._say, self._told, self._clock_s = say, set[str](), clock_s
        self._queue, self._until_s = VoiceQueue(), 0.0
        self._clips: Clips | None = None
        self._beeps: dict[str, Sound] = {}
        self.log: deque[Started] = deque(maxlen=LONGEST_LOG)
        self._device = AudioDevice()
        self._has_device = self._device.is_open  # as far as the person knows
        if self._has_device:
            self._load()
        else:
            self._tell(self._worded(NO_SOUND))

    @property
    def settings(self) -> SoundSettings:
        """Return what is heard now."""
        return self._settings

    @settings.setter
    def settings(self, settings: SoundSettings) -> None:
        """Hear something else from now on; a change of mode settles whether it is muted."""
        if settings.mode is not self._settings.mode:
            self.muted = settings.mode is Mode.MUTE
        changed, self._settings = settings != self._settings, settings
        if changed and self._device.is_open:
            self.cut_off()
            self._load()

    @property
    def muted(self) -> bool:
        """Say whether the person wants to hear nothing for now."""
        return self._muted

    @muted.setter
    def muted(self, muted: bool) -> None:
        """Be silent at once, or sound again."""
        self._muted = muted
        if muted:
            self._queue.clear()
            self._device.stop()

    @property
    def audible(self) -> bool:
        """Say whether what is played now can be heard."""
        return self._device.is_open and not self._muted

    @property
    def has_voice(self) -> bool:
        """Say whether words can be heard, so that their end is worth waiting for."""
        return self.audible and self._settings.mode is not Mode.BEEPS

    @property
    def speaking(self) -> bool:
        """Say whether a cue sounds or waits to; never so where nothing can be heard."""
        self.tick()
        return self._queue.speaking is not None

    def speak(self, cue_id: str | tuple[str, ...], priority: int, t_s: float | None = None) -> None:
        """Say a cue, or several in a row as one: now, next, or not at all, by its priority.

        Args:
            cue_id: The cue's id; several are interrupted and dropped together.
            priority: 0 pain, 1 correction, 2 flow, 3 count, 4 praise.
            t_s: When it became true, by the player's clock; now when None.

        Raises:
            ValueError: There is no such priority.
        """
        rank, now_s = Priority(priority), self._clock_s()
        cue_ids = (cue_id,) if isinstance(cue_id, str) else cue_id
        self.tick()
        if cue_ids and self.audible and self._has_sound(rank):
            asked_s = now_s if t_s is None else t_s
            self._start(self._queue.ask(Utterance(cue_ids, rank, asked_s), now_s))

    def play(self, name: str) -> None:
        """Play a beep now, in place of one that still sounds; muted or without a device, nothing.

        Raises:
            LookupError: There is no beep of this name.
        """
        if name not in NAMES:
            raise LookupError(f'no beep "{name}"; there are {", ".join(NAMES)}')
        self.tick()
        if self.audible:
            self._device.beep(self._beep(name), ducked=self._queue.speaking is not None)
            self.log.append(Started(self._clock_s(), name, is_voice=False))

    def tick(self) -> None:
        """Go on with what is to be said; call it every frame, after the window has drawn.

        The first time it begins to load the voice, which would keep the first page waiting.
        """
        self._device.look()
        if self._clips:
            self._clips.begin()
        if self._queue.speaking is not None and self._clip_ended():
            self._start(self._queue.clip_ended(self._clock_s()))
            if self._queue.speaking is None:
                self._device.end_voice()
        if self._has_device and not self._device.is_open:
            self._lose()

    def cut_off(self) -> None:
        """Stop speaking, and forget what waits; beeps sound out."""
        self._queue.clear()
        self._device.end_voice()

    def wait_until_loaded(self) -> None:
        """Wait for the clips: for a benchmark, a test, a check of the sound."""
        if self._clips:
            self._clips.wait()

    def close(self) -> None:
        """Let what sounds end, for a moment, and let go of the device. Twice is allowed."""
        self._queue.clear()
        if self._clips:
            self._clips.close()
        self._device.close()
        self._clips, self._beeps, self._has_device = None, {}, False

    def _load(self) -> None:
        """Take the beeps and the voice as the settings say."""
        self._beeps = {}
        if self._clips:
            self._clips.close()
        self._clips = None if self._settings.mode is Mode.BEEPS else Clips(self._settings)

    def _beep(self, name: str) -> Sound:
        """Return a beep, made when it is first heard, in a thousandth of a second."""
        from coreline.sound.waves import beep  # noqa: PLC0415 - brings numpy, to no first page

        if name not in self._beeps:
            sound = self._beeps[name] = Sound(buffer=beep(name).tobytes())
            sound.set_volume(self._settings.beep_volume)
        return self._beeps[name]

    def _has_sound(self, rank: Priority) -> bool:
        """Say whether words of this weight are heard at all, if only as a beep."""
        return self._settings.mode is not Mode.BEEPS or rank <= Priority.CORRECTION

    def _clip_ended(self) -> bool:
        return not self._device.is_speaking() or self._clock_s() > self._until_s

    def _start(self, cue_id: str | None) -> None:
        """Begin a clip, or the beep that stands in for it."""
        line = self._queue.speaking
        if cue_id is None or line is None:
            return
        clip = self._clips.find(cue_id) if self._clips else None
        sound = clip or self._beep(STAND_INS[line.priority])
        self._device.speak(sound)
        now_s = self._clock_s()
        self._until_s = now_s + sound.get_length() + GRACE_S
        self.log.append(Started(now_s, cue_id, is_voice=True, stands_in=clip is None))
        self._tell_of(cue_id, missing=clip is None)

    def _tell_of(self, cue_id: str, *, missing: bool) -> None:
        """Tell of files that cannot be played, and once that something is missing."""
        if self._clips is None or not self._device.is_open:
            return
        for trouble in self._clips.take_troubles():
            self._tell(trouble)
        if missing:
            self._tell(self._worded(NO_CLIP).format(cue_id), kind=NO_CLIP.en)

    def _lose(self) -> None:
        """Go on without the device."""
        self._queue.clear()
        self._beeps, self._has_device = {}, False
        self._tell(self._worded(SOUND_GONE))

    def _tell(self, line: str, kind: str | None = None) -> None:
        """Tell something, once; of lines of one kind, the first."""
        if (kind or line) not in self._told:
            self._told.add(kind or line)
            self._say(line)

    def _worded(self, text: Text) -> str:
        return text.in_(self._settings.language)
