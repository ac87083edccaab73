"""How large what comes from outside may be: every limit in one place, each with its reason.

What is larger is refused in a line before memory is taken for it. A limit lies well above what
people have, and so low that no file can take more than half a gigabyte or ten seconds.
"""

from datetime import date
from typing import Final

KILOBYTE: Final = 1024
MEGABYTE: Final = 1024 * KILOBYTE

# Texts
NAME_SIGNS: Final = 100  # of a person, a spot, a camera: a passport has room for 39, twice
OTHER_NAMES: Final = 20  # of one exercise, in a language
TEXT_SIGNS: Final = 2_000  # of one text of an exercise: the longest of the programme has 427

# TOML. The largest exercise of the programme has 6 kB, 614 values, and tables 6 deep.
EXERCISE_BYTES: Final = 256 * KILOBYTE
EXERCISES: Final = 100  # in a folder: more than a person can have written
SETTINGS_BYTES: Final = 64 * KILOBYTE  # 15 settings, and as many comments as one likes
TOML_VALUES: Final = 5_000  # Python's parser takes seconds for 100,000
TOML_DEPTH: Final = 16  # and a time that grows with the square of the depth
TOML_DIGITS: Final = 40  # of a number; Python refuses to show one of more than 4,300

# Plans of a physiotherapist: the programme has 16 exercises, and a page of remarks 2,000 signs
PLAN_BYTES: Final = 128 * KILOBYTE
PLAN_EXERCISES: Final = 40
PLAN_NOTE_SIGNS: Final = 600  # of each remark; all of them together fit into a journal's text
PLANS: Final = 1000  # that one person was ever given, each change one: two a week for ten years

# The spots of cameras: a line each, and two hundred for its neutrals
PLACES_BYTES: Final = MEGABYTE

# Recordings: videos, and the traces made of them. An exercise lasts ten minutes at most.
FRAMES: Final = 108_000  # an hour at 30 a second; their landmarks are 200 MB
TRACE_BYTES: Final = 224 * MEGABYTE  # so many frames, not even packed
RECORDING_S: Final = 7_200.0  # two hours, for time lapse
VIDEO_BYTES: Final = 8 * 1024 * MEGABYTE  # it is never in memory; as much as two hours of 4K
CLOCK_S: Final = 1.0e9  # a clock's reading: thirty years since it was started
FPS: Final = 1.0e4  # a camera for crash tests has as many
# Beside a kept video: two moments a set, of 16 exercises on two sides in four sets each
MOMENTS: Final = 512
MOMENTS_BYTES: Final = 512 * KILOBYTE
# Many at once: a clinic's year of forty clips a working day
CLIPS: Final = 10_000
CLIP_LIST_BYTES: Final = 4 * MEGABYTE  # their list: a path of 300 signs each, and a name
FETCH_S: Final = 3_600.0  # for one clip that lies at an address: 8 GB at 20 Mbit/s
# Landmarks may lie outside the picture, but not far: the largest picture is 8K.
SIDE_PX: Final = 16_384
LANDMARK_PX: Final = 100_000.0
LANDMARK_M: Final = 100.0

# Pictures: 8K, more than any webcam or telephone sends; decoded 100 MB, progressive twice as much
PICTURE_PX: Final = 7_680 * 4_320
PICTURE_BYTES: Final = 16 * MEGABYTE  # of a stream: one of 4K has less
PHOTO_BYTES: Final = 64 * MEGABYTE  # of a file: a PNG of a photo of 8K
JPEG_SCANS: Final = 100  # ten are usual; each is decoded over the whole picture

# Sounds of the person's own: the longest of the voice lasts 17 s and has 93 kB
SOUND_BYTES: Final = 16 * MEGABYTE  # half a minute of stereo in 48 kHz and 24 bits has 9
SOUND_S: Final = 120.0
SOUND_SAMPLES: Final = 24_000_000  # of all channels: two minutes of stereo in 96 kHz, 92 MB decoded
SOUND_HZ: Final = (4_000, 192_000)
SOUND_CHANNELS: Final = 8
SOUNDS: Final = 2_000  # files that are loaded ahead; the voice has 230
SOUNDS_S: Final = 3_600.0  # all of one's own together: 173 MB as they are played

# Journals that are imported: twenty minutes a day come to 80 MB a year
JOURNAL_BYTES: Final = 2 * 1024 * MEGABYTE
JOURNAL_HEAP_BYTES: Final = 256 * MEGABYTE  # what SQLite may take to read it
JOURNAL_PEOPLE: Final = 1_000
JOURNAL_PERSON_ROWS: Final = 100_000  # ten notes a day for 27 years
JOURNAL_PERSON_BYTES: Final = 32 * MEGABYTE
JOURNAL_SESSIONS: Final = 100_000
JOURNAL_SESSION_ROWS: Final = 100_000  # of a kind, in one session: a long one has a thousand cues
JOURNAL_SESSION_BYTES: Final = 32 * MEGABYTE
JOURNAL_TEXT_SIGNS: Final = 64 * KILOBYTE  # an exercise's description; all other texts are names
JOURNAL_BLOB_BYTES: Final = 8 * MEGABYTE  # the readings of a set, packed: six bytes a frame
JOURNAL_NUMBER: Final = 1.0e9  # of seconds, degrees, shares and counts
READINGS: Final = 500_000  # of a set: four hours at 30 a second

# Days of notes and sessions: a computer whose clock was never set says 1970
FIRST_DAY: Final = date(1970, 1, 1)
FIRST_START: Final = date(2000, 1, 1)  # of the programme; each day since is looked at by a history
LAST_DAY: Final = date(2099, 12, 31)
