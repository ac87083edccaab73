"""How the report says things: its own words beside the shared ones, numbers as a person reads them.

The report's own words are in texts.toml beside this file.
"""

from collections.abc import Sequence
from datetime import date

from coreline.data_files import load_texts
from coreline.programme.done import percent_of
from coreline.programme.language import Language
from coreline.programme.texts import FlatTexts, TextBook

UNKNOWN = "\u2013"


def own_texts() -> TextBook:
    """Return the report's own words by key.

    Raises:
        BadDataError: The package's file is malformed or unreadable.
    """
    return load_texts("report/texts.toml", FlatTexts)


class Wording:
    """Everything the report can say, in one language."""

    def __init__(self, words: TextBook, language: Language) -> None:
        """Take the words that are shared with the screen."""
        self.language = language
        self._words = words

    def own(self, key: str, **fillings: object) -> str:
        """Return one of the report's own words, its places filled in."""
        text = own_texts().say(key, self.language, **fillings)
        return text.replace(" %", "\u00a0%").replace("± ", "±\u00a0").replace("° ", "°\u00a0")

    def number_of(self, key: str, n: int, **fillings: object) -> str:
        """Return a word about a number of things: of one thing it is kept as `<key>_one`."""
        return self.own(f"{key}_one" if n == 1 else key, n=n, **fillings)

    def word(self, key: str) -> str:
        """Return a word that is shared with the screen."""
        return self._words.say(key, self.language)

    def title(self, key: str) -> str:
        """Return a shared word with a capital."""
        return capital(self.word(key))

    def listed(self, words: Sequence[str]) -> str:
        """Return words as a list in a sentence: `a, b and c`."""
        if len(words) <= 1:
            return "".join(words)
        return self.own("and", first=", ".join(words[:-1]), last=words[-1])

    def day(self, day: date) -> str:
        """Return a day in full, `Sunday 22 November 2026`, as it stands inside a sentence."""
        weekday = self.own("weekdays").split()[day.weekday()]
        return self.own("date", weekday=weekday, day=day.day, month=self._month(day), year=day.year)

    def day_and_month(self, day: date) -> str:
        """Return a day without its year, `22 November`."""
        return self.own("date_short", day=day.day, month=self._month(day))

    def month_and_year(self, day: date) -> str:
        """Return the month of a day, `November 2026`."""
        return f"{self._month(day)} {day.year}"

    def _month(self, day: date) -> str:
        return self.own("months").split()[day.month - 1]

    def number(self, value: float, decimals: int = 1) -> str:
        """Return a number with the language's decimal sign, without a minus before a zero."""
        shown = f"{value:.{decimals}f}"
        if float(shown) == 0.0:
            shown = shown.removeprefix("-")
        shown = shown.replace("-", "\u2212")
        return shown.replace(".", ",") if self.language == "nl" else shown

    def plain(self, value: float) -> str:
        """Return a number with a decimal only where it has one."""
        return self.number(value, 0 if float(value).is_integer() else 1)

    def seconds(self, value_s: float) -> str:
        """Return a length of time, `2.4 s`, that does not break over lines."""
        return f"{self.number(value_s)}\u00a0s"

    def clock(self, t_s: float, decimals: int = 1) -> str:
        """Return a moment as minutes and seconds, `1:02.4`."""
        whole = round(t_s * 10**decimals)
        minutes, rest = divmod(whole, 60 * 10**decimals)
        seconds = self.number(rest / 10**decimals, decimals)
        return f"{minutes}:{seconds.zfill(2 + bool(decimals) + decimals)}"

    def share(self, value: float) -> str:
        """Return a share in whole percents; only what is whole is said to be 100 or 0."""
        return str(percent_of(value))

    def bend(self, change_deg: float | None, *, bare: bool = False) -> str:
        """Return a change of the body line in words; + = hip toward the floor.

        With `bare` its unit stands elsewhere.
        """
        if change_deg is None:
            return UNKNOWN
        amount = round(abs(change_deg))
        if amount == 0:
            return "0" if bare else self.own("bend_in_line")
        side = "low" if change_deg > 0.0 else "high"
        return self.own(f"bend_{side}_bare" if bare else f"bend_{side}", n=amount)

    def bare(self, value: float | None, decimals: int = 1) -> str:
        """Return a number whose unit stands elsewhere, or the sign for none."""
        return UNKNOWN if value is None else self.number(value, decimals)

    def angle(self, value_deg: float | None) -> str:
        """Return an angle in whole degrees."""
        return UNKNOWN if value_deg is None else f"{self.number(value_deg, 0)}°"

    def score(self, value: float | None) -> str:
        """Return a line score, or the words for none."""
        return self.own("score_none") if value is None else self.number(value, 0)

    def code(self, table: str, code: str) -> str:
        """Return a fault's or a reason's name; of one that nothing names any more, the code."""
        key = f"{table}.{code}.name"
        return self.word(key) if key in self._words else code.replace("_", " ")

    def correction(self, table: str, code: str) -> str:
        """Return how to correct a fault or a reason; its name where nothing says so any more."""
        key = f"{table}.{code}.correction"
        return self.word(key) if key in self._words else f"{capital(self.code(table, code))}."

    def cue(self, cue_id: str) -> str | None:
        """Return the text of a cue that an exercise brought; None where none did."""
        key = f"cue.{cue_id}"
        return self.word(key) if key in self._words else None


def capital(text: str) -> str:
    """Return a text with its first letter as a capital."""
    return text[:1].upper() + text[1:]
