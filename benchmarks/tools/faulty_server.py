"""A picture stream on this machine that fails as telephones, cables and network cameras do.

python benchmarks/tools/faulty_server.py PORT [--epoch S --numbers N] [--clip VIDEO --beside VIDEO]

obeys one word a line on its standard input: the name of a fault, or `good`. Every good picture
carries its number twice, at the top and at the bottom, so that one that was cut, garbled, stretched
or shown again is told from a good one by looking at it. Pictures are numbered as they are sent; or
by the clock, thirty a second from `epoch` on and N of them, as what happens before a camera goes on
whether the camera works or not. With a clip its pictures are sent, which carry no number; beside
them those of another one while there is company, else a bare wall.
"""

import argparse
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum
from functools import cache
from pathlib import Path
from random import Random
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from coreline.closing import Closing

Image = NDArray[np.uint8]

SIZE_PX: Final = (320, 240)
OTHER_SIZE_PX: Final = (240, 320)
FPS: Final = 30.0
SLOW_FPS: Final = 5.0
FEW_FPS: Final = 8.0
JITTER_S: Final = (0.005, 0.12)
NOISES: Final = 8
WALL: Final = 150.0
BITS: Final = 16
BOUNDARY: Final = b"picture"
HEADER: Final = (
    b"HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary="
    + BOUNDARY
    + b"\r\n\r\n"
)
ABORT: Final = struct.pack("ii", 1, 0)  # closing resets the connection


class Fault(StrEnum):
    """What can be wrong with it."""

    GOOD = "good"
    STALL = "stall"  # connections stay open, new ones are taken, nothing is sent
    CLOSE = "close"  # connections are closed, new ones refused
    RESET = "reset"  # the same, as when the other side is killed
    GARBAGE = "garbage"  # noise in place of pictures
    HALF = "half"  # half a picture, said to be whole
    SWALLOWED = "swallowed"  # half a picture, said to be longer
    PATCHED = "patched"  # noise in the middle of a picture
    SIZE = "size"  # another size and shape
    SLOW = "slow"  # five pictures a second
    FEW = "few"  # eight pictures a second
    COMPANY = "company"  # somebody else beside, where there is a second clip
    JITTER = "jitter"  # now one picture after another, now none for a tenth of a second
    BLACK = "black"  # covered
    FROZEN = "frozen"  # the same picture again and again


CLOSED: Final = (Fault.CLOSE, Fault.RESET)


def picture(number: int, size_px: tuple[int, int] = SIZE_PX) -> Image:
    """Return a picture with noise as a sensor has it, and with its number in it."""
    width = size_px[0]
    ramp = np.linspace(60.0, 180.0, width)[np.newaxis, :, np.newaxis]
    image = (ramp + _noise(number % NOISES, size_px)).clip(0.0, 255.0).astype(np.uint8)
    cell = width // BITS
    for place in range(BITS):
        shade = 255 if number >> place & 1 else 0
        image[:cell, place * cell : (place + 1) * cell] = shade
        image[-cell:, place * cell : (place + 1) * cell] = shade
    return image


@cache
def _noise(seed: int, size_px: tuple[int, int]) -> NDArray[np.float32]:
    width, height = size_px
    shape = (height, width, 3)
    return np.random.default_rng(seed).normal(0.0, 4.0, shape).astype(np.float32)


def number_in(image: Image) -> int | None:
    """Return the number of a good picture; None when it is not one."""
    height, width = image.shape[:2]
    if (width, height) not in {SIZE_PX, OTHER_SIZE_PX}:
        return None
    cell = width // BITS
    top = _bits(image[cell // 4 : cell - cell // 4])
    bottom = _bits(image[height - cell + cell // 4 : height - cell // 4])
    ramp = image[cell + 4 : -cell - 4].mean(axis=(1, 2))
    whole = abs(ramp - 120.0).max() < 12.0
    return top if top == bottom and whole else None


def _bits(strip: Image) -> int | None:
    """Return the number that a strip of black and white fields stands for."""
    cell = strip.shape[1] // BITS
    fields = strip[:, : BITS * cell].reshape(strip.shape[0], BITS, cell, 3)
    shades = fields[:, :, cell // 4 : cell - cell // 4].mean(axis=(0, 2, 3))
    if ((shades > 60.0) & (shades < 195.0)).any():
        return None
    return sum(1 << place for place, shade in enumerate(shades) if shade > 128.0)


def packed(image: Image) -> bytes:
    """Return a picture as a JPEG."""
    return cv2.imencode(".jpg", image)[1].tobytes()


def part(data: bytes, said: int | None = None) -> bytes:
    """Return a part of the stream; `said` is the length it claims, where that is a lie."""
    length = len(data) if said is None else said
    head = b"--%s\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n" % (BOUNDARY, length)
    return head + data + b"\r\n"


class FaultyServer(Closing):
    """A picture stream on 127.0.0.1 whose fault can be chosen at any time. A context manager."""

    def __init__(
        self,
        port: int = 0,
        fps: float = FPS,
        make: Callable[[int, Fault], Image] | None = None,
        number: Callable[[], int] | None = None,
    ) -> None:
        """Listen; the first free port is taken unless one is named.

        Args:
            port: Where to listen.
            fps: Pictures a second.
            make: Returns the picture of a number while there is a fault.
            number: Returns the number of the next picture; they are counted where there is none.
        """
        self.fault = Fault.GOOD
        self.fps = fps
        self.sent = 0
        self._make, self._number, self._random = make or _numbered_picture, number, Random(port)
        self._stop = threading.Event()
        self._listener: socket.socket | None = _listening(port)
        self.port = int(self._listener.getsockname()[1])
        self._threads = [threading.Thread(target=self._accept, name="server", daemon=True)]
        self._threads[0].start()

    @property
    def address(self) -> str:
        """Where the stream is."""
        return f"http://user:secret@127.0.0.1:{self.port}/video.mjpg?key=hidden"

    def close(self) -> None:
        """Stop, and join every thread."""
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _accept(self) -> None:
        while not self._stop.is_set():
            self._listen_or_not()
            if self._listener is None:
                time.sleep(0.01)
                continue
            try:
                connection, _ = self._listener.accept()
            except TimeoutError:
                continue
            self._threads.append(
                threading.Thread(
                    target=self._serve, args=(connection,), name="server connection", daemon=True
                )
            )
            self._threads[-1].start()
        if self._listener is not None:
            self._listener.close()

    def _listen_or_not(self) -> None:
        if self.fault in CLOSED and self._listener is not None:
            self._listener.close()
            self._listener = None
        elif self.fault not in CLOSED and self._listener is None:
            with suppress(OSError):  # whoever else was given the port meanwhile has it for a while
                self._listener = _listening(self.port)

    def _serve(self, connection: socket.socket) -> None:
        """Send pictures, or what is to be sent in their place, until the other side hangs up."""
        kept = picture(0)
        with connection, suppress(OSError):
            connection.settimeout(2.0)
            connection.recv(1 << 16)
            greeted = False
            while not self._stop.is_set() and self.fault not in CLOSED:
                fault = self.fault
                time.sleep(self._pause_s(fault))
                if fault is Fault.STALL:
                    continue
                if not greeted:
                    connection.sendall(HEADER)
                    greeted = True
                if fault is not Fault.FROZEN:
                    self.sent += 1
                    number = self._number() if self._number else self.sent
                    kept = self._make(number % (1 << BITS), fault)
                connection.sendall(sent(fault, kept))
            if self.fault is Fault.RESET:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, ABORT)

    def _pause_s(self, fault: Fault) -> float:
        """Return how long to wait before the next picture."""
        if fault is Fault.JITTER:
            return self._random.uniform(*JITTER_S)
        return 1.0 / {Fault.SLOW: SLOW_FPS, Fault.FEW: FEW_FPS}.get(fault, self.fps)


def _listening(port: int) -> socket.socket:
    listener = socket.create_server(("127.0.0.1", port))
    listener.settimeout(0.02)
    return listener


def _numbered_picture(number: int, fault: Fault) -> Image:
    return picture(number, _size_px(fault))


def _size_px(fault: Fault) -> tuple[int, int]:
    return OTHER_SIZE_PX if fault is Fault.SIZE else SIZE_PX


def _whole(image: Image) -> bytes:
    return part(packed(image))


def _garbage(image: Image) -> bytes:
    return part(np.random.default_rng(int(image[30, 30, 0])).bytes(len(packed(image))))


def _half(image: Image) -> bytes:
    data = packed(image)
    return part(data[: len(data) // 2])


def _swallowed(image: Image) -> bytes:
    data = packed(image)
    return part(data[: len(data) // 2], said=len(data))


def _patched(image: Image) -> bytes:
    data = bytearray(packed(image))
    middle = len(data) // 2
    data[middle : middle + 400] = np.random.default_rng(len(data)).bytes(400)
    return part(bytes(data))


def _black(image: Image) -> bytes:
    noise = np.random.default_rng(int(image[30, 30, 0])).normal(2.0, 2.0, image.shape)
    return part(packed(noise.clip(0.0, 255.0).astype(np.uint8)))


MAKE: Final[dict[Fault, Callable[[Image], bytes]]] = {
    Fault.GARBAGE: _garbage,
    Fault.HALF: _half,
    Fault.SWALLOWED: _swallowed,
    Fault.PATCHED: _patched,
    Fault.BLACK: _black,
}


def sent(fault: Fault, image: Image) -> bytes:
    """Return what is sent for a picture while there is this fault."""
    return MAKE.get(fault, _whole)(image)


class ClipPictures:
    """The pictures of a video, over and over; those of another one beside them, or a wall."""

    def __init__(self, path: Path, beside: Path | None = None) -> None:
        """Read them whole; the pictures are kept packed."""
        self._beside = ClipPictures(beside) if beside else None
        capture = cv2.VideoCapture(str(path))
        self.fps = float(capture.get(cv2.CAP_PROP_FPS))
        self._packed = []
        while (read := capture.read())[0]:
            self._packed.append(np.frombuffer(packed(np.asarray(read[1], np.uint8)), np.uint8))
        capture.release()

    def picture(self, number: int, fault: Fault) -> Image:
        """Return the picture of a number."""
        at = number % len(self._packed)
        image = np.asarray(cv2.imdecode(self._packed[at], cv2.IMREAD_COLOR), np.uint8)
        if self._beside is None:
            return image
        other = self._beside.picture(number, fault)
        if fault is not Fault.COMPANY:
            other = (WALL + _noise(number % NOISES, other.shape[1::-1])).astype(np.uint8)
        return np.hstack([image, other])


def _numbered(epoch_s: float, fps: float, numbers: int) -> Callable[[], int]:
    """Return what numbers pictures by the clock."""
    return lambda: int((time.monotonic() - epoch_s) * fps) % numbers


def main() -> None:
    """Serve until standard input ends."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("port", type=int)
    parser.add_argument("--epoch", type=float)
    parser.add_argument("--numbers", type=int, default=1 << BITS)
    parser.add_argument("--clip", type=Path)
    parser.add_argument("--beside", type=Path)
    asked = parser.parse_args()
    clip = ClipPictures(asked.clip, asked.beside) if asked.clip else None
    fps, make = (clip.fps, clip.picture) if clip else (FPS, None)
    number = None if asked.epoch is None else _numbered(asked.epoch, fps, asked.numbers)
    with FaultyServer(asked.port, fps, make, number) as server:
        print(server.port, flush=True)
        for line in sys.stdin:
            server.fault = Fault(line.strip())


if __name__ == "__main__":
    main()
