"""What a page says of where it was made, when other computers made it."""

from coreline.programme.texts import TextBook
from coreline.report.wording import own_texts

_SAID = "sentence.stays_here"


def words_away(words: TextBook) -> TextBook:
    """Return the words with which a page does not say that nothing was sent anywhere."""
    rather = TextBook({_SAID: own_texts().text("made_away")}, "report/texts.toml")
    return rather.with_more({key: words.text(key) for key in words.keys})
