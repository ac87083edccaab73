"""A notification, by the system's own means."""

import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from coreline.desktop.notice import SHOWN_BY, can_show, command_of, show, toast_script
from coreline.errors import DesktopError
from desktop.conftest import Programs

TITLE, TEXT = "Tijd voor je oefeningen", "Zijbrug <links> & 'rechts'"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="notify-send's")
def test_it_is_shown_with_the_icon_and_without_markup(notify_send: Path) -> None:
    assert can_show()
    show(TITLE, TEXT)
    name, icon, end, title, text = notify_send.read_text(encoding="utf-8").splitlines()
    assert (name, end, title) == ("--app-name=Coreline", "--", TITLE)
    assert Path(icon.partition("=")[2]).is_file()
    assert text == "Zijbrug &lt;links&gt; &amp; 'rechts'"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="notify-send's")
def test_without_the_program_it_is_one_line(
    programs: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(programs.folder))
    assert not can_show()
    with pytest.raises(DesktopError, match="notify-send is not on this computer"):
        show(TITLE, TEXT)


def test_on_macos_the_texts_are_no_part_of_the_script(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    command = command_of(TITLE, TEXT)
    assert command[0] == "osascript"
    assert command[-2:] == (TITLE, TEXT)
    assert not any(TITLE in word for word in command[:-2])


def test_on_windows_the_toast_is_whole_xml_with_both_texts() -> None:
    script = toast_script(TITLE, TEXT)
    (line,) = [each for each in script.splitlines() if "LoadXml" in each]
    quoted = line[line.index("'") : line.rindex("'") + 1]
    toast = ET.fromstring(quoted[1:-1].replace("''", "'"))
    assert [each.text for each in toast.iter("text")] == [TITLE, TEXT]
    assert SHOWN_BY in script
