from pathlib import Path

import pygame

from screen import gallery


def test_every_page_is_written_in_every_language(tmp_path: Path) -> None:
    written = gallery.write(tmp_path, ((640, 360),))
    files = sorted(tmp_path.rglob("*.png"))
    assert len(files) == written
    dutch, english = (
        {
            file.name: pygame.image.load(file).get_buffer().raw
            for file in files
            if where in str(file)
        }
        for where in ("nl-640x360", "en-640x360")
    )
    assert dutch.keys() == english.keys()
    assert len(set(dutch.values())) == len(dutch), "each is different"
    # A number counts down in no language; every other page has words.
    same = {name for name in dutch if dutch[name] == english[name]}
    assert same == set()
