"""The form report of a session that the journal keeps."""

from dataclasses import dataclass
from pathlib import Path

from coreline.app.picturing import Pictures, photos_of
from coreline.app.recalling import recall
from coreline.camera.moment_pictures import moments_files
from coreline.data_files import words_with
from coreline.files.folders import make_private
from coreline.files.writing import write_text
from coreline.journal.database import Journal
from coreline.journal.undo import taken_back, told_of
from coreline.programme.catalogue import Catalogue
from coreline.programme.language import Language
from coreline.programme.life import Profile
from coreline.programme.spec import Programme
from coreline.report.html import render_session
from coreline.report.kept import session_report
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
        sessions = journal.sessions(profile.id)
        session = next(each for each in sessions if each.id == session_id)
        life, taken = journal.life(profile.id), told_of(taken_back(journal, profile.id))
        report = session_report(session, records, life, self.programme, taken)
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
