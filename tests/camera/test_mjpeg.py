import functools
import http.server
import itertools
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tools.faulty_server import OTHER_SIZE_PX, SIZE_PX, Fault, FaultyServer, number_in

from coreline.camera.devices import CannotOpenError, open_device
from coreline.camera.mjpeg import (
    NotAPictureStreamError,
    Parts,
    PictureStream,
    open_picture_stream,
)
from coreline.camera.source import Image, TroubleKind

WHOLE = b"\xff\xd8\xff\xda\x00\x02whole\xff\xd9"


def part(body: bytes, length: int | None = None) -> bytes:
    said = b"" if length is None else b"Content-Length: %d\r\n" % length
    return b"--mark\r\nContent-Type: image/jpeg\r\n" + said + b"\r\n" + body + b"\r\n"


def fed(stream: bytes, sizes: list[int], boundary: str = "mark") -> list[bytes]:
    """Return the parts of a stream that comes in pieces of these sizes, over and over."""
    parts, found = Parts(boundary), list[bytes]()
    at = 0
    for size in itertools.cycle(sizes):
        found += parts.feed(stream[at : at + size])
        at += size
        if at >= len(stream):
            return found
    return found


PIECES = st.lists(st.integers(1, 60), min_size=1, max_size=5)


@given(PIECES)
def test_parts_come_out_whole_however_they_come_in(sizes: list[int]) -> None:
    stream = b"".join(part(b"%d" % number * 9, 9) for number in range(5))
    assert fed(stream, sizes) == [b"%d" % number * 9 for number in range(5)]


@given(PIECES)
def test_without_lengths_a_picture_is_complete_at_its_end(sizes: list[int]) -> None:
    assert [found.rstrip() for found in fed(part(WHOLE) * 3, sizes)] == [WHOLE] * 3


@given(PIECES, st.integers(10, 1000))
def test_a_length_that_is_too_long_does_not_swallow_the_next(sizes: list[int], more: int) -> None:
    found = fed(part(b"half", 4 + more) + part(WHOLE, len(WHOLE)) * 2, sizes)
    assert found[0].startswith(b"half")
    assert b"--mark" not in found[0]
    assert found[1:] == [WHOLE] * 2


@pytest.mark.parametrize("boundary", ["mark", "--mark", '"mark"', ""])
def test_the_boundary_may_be_told_in_any_way_or_not_at_all(boundary: str) -> None:
    assert fed(part(WHOLE, len(WHOLE)) * 2, [7], boundary) == [WHOLE] * 2


def test_rubbish_between_boundaries_is_a_part_and_ends() -> None:
    assert fed(b"--mark" + b"\x01" * 99 + part(WHOLE, len(WHOLE)), [50])[-1] == WHOLE


@given(st.lists(st.binary(max_size=80), max_size=8))
def test_anything_at_all_comes_through_without_harm(pieces: list[bytes]) -> None:
    parts = Parts("mark")
    for piece in pieces:
        assert all(b"--mark" not in found for found in parts.feed(piece))


@pytest.fixture
def server() -> Iterator[FaultyServer]:
    before = set(threading.enumerate())
    with FaultyServer() as running:
        yield running
    assert set(threading.enumerate()) <= before


@pytest.fixture
def stream(server: FaultyServer) -> Iterator[PictureStream]:
    opened = open_picture_stream(server.address)
    yield opened
    opened.release()


def until(stream: PictureStream, wanted: TroubleKind) -> None:
    for _ in range(60):
        if stream.read() is wanted:
            return
    pytest.fail(f"{wanted} did not come")


def numbers(stream: PictureStream, count: int) -> list[int | None]:
    given = (stream.read() for _ in range(count))
    return [number_in(image) if isinstance(image, np.ndarray) else None for image in given]


def test_pictures_come_whole_and_in_order(stream: PictureStream) -> None:
    found = [number for number in numbers(stream, 8) if number is not None]
    assert len(found) == 8
    assert found == sorted(set(found))


@pytest.mark.parametrize("fault", [Fault.GARBAGE, Fault.HALF, Fault.SWALLOWED])
def test_what_is_not_a_whole_picture_is_refused(
    fault: Fault, server: FaultyServer, stream: PictureStream
) -> None:
    server.fault = fault
    until(stream, TroubleKind.BROKEN)
    assert [stream.read() for _ in range(6)] == [TroubleKind.BROKEN] * 6
    server.fault = Fault.GOOD
    found = [number for number in numbers(stream, 12) if number is not None]
    assert len(found) >= 9


def test_a_change_of_size_stretches_nothing(server: FaultyServer, stream: PictureStream) -> None:
    server.fault = Fault.SIZE
    sizes = [given.shape[1::-1] for given in images(stream, 8)]
    assert sizes[-1] == OTHER_SIZE_PX
    assert set(sizes) <= {SIZE_PX, OTHER_SIZE_PX}


def images(stream: PictureStream, count: int) -> Iterator[Image]:
    for _ in range(count):
        given = stream.read()
        if isinstance(given, np.ndarray):
            assert number_in(given) is not None
            yield given


def test_silence_and_an_end_are_told_apart(server: FaultyServer) -> None:
    stream = open_picture_stream(server.address)
    server.fault = Fault.STALL
    until(stream, TroubleKind.STALLED)
    stream.release()
    server.fault = Fault.GOOD
    stream = open_picture_stream(server.address)
    server.fault = Fault.CLOSE
    until(stream, TroubleKind.GONE)
    stream.release()


def test_pictures_that_wait_are_left_out(server: FaultyServer, stream: PictureStream) -> None:
    numbers(stream, 2)
    had = server.sent
    while server.sent < had + 12:
        time.sleep(0.01)
    first, second = numbers(stream, 2)
    assert first is not None
    assert second is not None
    assert second >= had + 8


class Files(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""


@pytest.fixture
def website(tmp_path: Path) -> Iterator[str]:
    handler = functools.partial(Files, directory=str(tmp_path))
    with http.server.HTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_something_else_at_the_address_is_left_to_others(website: str) -> None:
    with pytest.raises(NotAPictureStreamError):
        open_picture_stream(website)


def test_nothing_at_the_address_is_said_in_a_few_words(website: str) -> None:
    with pytest.raises(CannotOpenError) as caught:
        open_device(f"{website}/none")
    assert (caught.value.why, caught.value.kind) == ("file not found", TroubleKind.GONE)
