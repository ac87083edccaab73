"""Pictures of the moments for a report, where the person agreed to them; else it has drawings."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

from coreline.camera.moment_pictures import pictures_of
from coreline.report.model import Analysis
from coreline.report.pictured import Photo, Photos, moments_shown

Pictures = Literal["off", "no_faces", "on"]


def photos_of(
    analyses: Sequence[Analysis], files: Iterable[Path], session_id: str, wanted: Pictures
) -> Photos:
    """Return the pictures of a session's moments; a video that is missing or damaged gives none.

    Args:
        analyses: The sets of the session.
        files: What lies beside the videos that may be of it (`moments_files`).
        session_id: What the session is called; empty for one that only left a video.
        wanted: What the person agreed to.
    """
    if wanted == "off":
        return Photos()
    faceless = wanted == "no_faces"
    album = pictures_of(moments_shown(analyses), files, session_id, faces=not faceless)
    photos = {
        t_s: Photo(each.source, each.size_px, each.there) for t_s, each in album.pictures.items()
    }
    return Photos(photos, {t_s: str(why) for t_s, why in album.missing.items()}, faceless)
