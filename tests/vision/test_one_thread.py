"""OpenCV on one thread: only meanwhile, and also where something goes wrong."""

from collections.abc import Iterator

import cv2
import pytest

from coreline.vision.one_thread import on_one_thread


@pytest.fixture(autouse=True)
def _on_three() -> Iterator[None]:
    before = cv2.getNumThreads()
    cv2.setNumThreads(3)
    yield
    cv2.setNumThreads(before)


def test_it_is_so_meanwhile_and_as_before_afterwards() -> None:
    with on_one_thread():
        assert cv2.getNumThreads() == 1
    assert cv2.getNumThreads() == 3


def test_one_within_another_changes_nothing() -> None:
    with on_one_thread():
        with on_one_thread():
            pass
        assert cv2.getNumThreads() == 1
    assert cv2.getNumThreads() == 3


def test_it_is_as_before_when_something_was_raised() -> None:
    with pytest.raises(ZeroDivisionError), on_one_thread():
        raise ZeroDivisionError
    assert cv2.getNumThreads() == 3
