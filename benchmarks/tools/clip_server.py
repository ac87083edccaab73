"""A clip as a picture stream on this machine: each who connects sees it from its beginning.

It is served in real time, the clip again and again, by a process of its own.
"""

import multiprocessing
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from coreline.camera.video import VideoFile
from tools.faulty_server import HEADER, packed, part


@contextmanager
def served(clip: Path) -> Iterator[str]:
    """Serve a clip while the block lasts, and say at which address.

    Raises:
        BadSourceError: It is no video.
    """
    with VideoFile(clip) as video:
        frames = [frame for frame in video.frames() if frame is not None]
        parts, fps = [part(packed(frame.image_bgr)) for frame in frames], video.info.fps
    with socket.create_server(("127.0.0.1", 0)) as listener:
        context = multiprocessing.get_context("fork")
        process = context.Process(target=_accept, args=(listener, parts, fps), daemon=True)
        process.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}/video.mjpg"
        finally:
            process.terminate()
            process.join()


def _accept(listener: socket.socket, parts: list[bytes], fps: float) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=_serve, args=(connection, parts, fps), daemon=True).start()


def _serve(connection: socket.socket, parts: list[bytes], fps: float) -> None:
    """Send the pictures at their times until the other side hangs up."""
    with connection, suppress(OSError):
        connection.recv(1 << 16)
        connection.sendall(HEADER)
        due_s = time.monotonic()
        while True:
            for each in parts:
                due_s += 1.0 / fps
                time.sleep(max(0.0, due_s - time.monotonic()))
                connection.sendall(each)
