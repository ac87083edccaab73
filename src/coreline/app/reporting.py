"""The form report of a session that the journal keeps."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from coreline.app.comparing import OneOfTwo, comparison
from coreline.app.picturing import Pictures, photos_of
from coreline.app.recalling import recall
from coreline.camera.moment_pictures import moments_files
from coreline.data_files import words_with
from coreline.files.folders import make_private
from coreline.files.writing import write_text
from coreline.journal.database import Journal
from coreline.journal.records import SessionKept
from coreline.journal.undo import taken_back, told_of
from coreline.programme.catalogue import Catalogue
from coreline.programme.language import Language
from coreline.programme.life import Profile
from coreline.programme.spec import Programme
from coreline.report.html import render_session
from coreline.report.kept import session_report
from coreline.report.model import SessionReport
from coreline.session.record import SetRecord
from coreline.training.train import begun


@dataclass(frozen=True, slots=True)
class Reporter:
    """Writes the reports of one person's sessions."""

    journal: Journal
    profile: Profile
    programme: Programme
    catalogue: Catalogue
    language: Language
    pictures: Pictures = "off"

    def write(self, session_id: str, place: Path | None = None) -> Path | None:
        """Write a session's report and return where it is; None when nothing was begun in it.

        Raises:
            BadOutputError: It cannot be written.
        """
        journal, profile = self.journal, self.profile
        records = journal.set_records(session_id)
        if not any(begun(each) for each in records):
            return None
        session = self._session(session_id)
        report = self._report(session, records)
        catalogue = recall(self.catalogue, journal)
        videos = moments_files(journal.folders_of(profile.id)[1])
        photos = photos_of(report.analyses, videos, session_id, self.pictures)
        words = words_with(catalogue)
        page = render_session(report, catalogue, words, self.language, photos)
        if place is None:
            folder = make_private(journal.folders_of(profile.id)[0])
            place = folder / f"{session.started_at:%Y-%m-%d-%H%M%S}.html"
        write_text(place, page)
        return place

    def write_comparison(self, first_id: str, second_id: str) -> Path | None:
        """Write two sessions against one another; None when they have nothing in common.

        Raises:
            BadOutputError: It cannot be written.
        """
        sessions = [self._session(each) for each in (first_id, second_id)]
        first, second = (
            OneOfTwo(each.started_at, self._report(each, self.journal.set_records(each.id)))
            for each in sessions
        )
        catalogue = recall(self.catalogue, self.journal)
        found = comparison(first, second, catalogue, self.language, self.profile.name)
        if found is None:
            return None
        page, name = found
        place = make_private(self.journal.folders_of(self.profile.id)[0]) / f"{name}.html"
        write_text(place, page)
        return place

    def _session(self, session_id: str) -> SessionKept:
        sessions = self.journal.sessions(self.profile.id)
        return next(each for each in sessions if each.id == session_id)

    def _report(self, session: SessionKept, records: Sequence[SetRecord]) -> SessionReport:
        taken = told_of(taken_back(self.journal, self.profile.id))
        life = self.journal.life(self.profile.id)
        return session_report(session, records, life, self.programme, taken)
