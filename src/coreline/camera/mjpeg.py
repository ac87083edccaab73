"""A stream of JPEG pictures over HTTP, as telephones and network cameras give it."""

import re
import time
from collections.abc import Callable
from contextlib import closing
from http.client import HTTPException, HTTPMessage, HTTPResponse
from select import select
from typing import IO, Final
from urllib.error import HTTPError, URLError
from urllib.parse import unquote, urlsplit
from urllib.request import (
    HTTPBasicAuthHandler,
    HTTPDigestAuthHandler,
    HTTPPasswordMgrWithPriorAuth,
    HTTPRedirectHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    build_opener,
)

from coreline.camera.jpeg import END, decoded, jpeg_end
from coreline.camera.source import Image
from coreline.limits import PICTURE_BYTES
from coreline.placement.checks import CameraTrouble
from coreline.printable import printable

ANSWER_S: Final = 1.2  # without a byte for so long, the stream is taken for dead
USELESS_S: Final = 0.4  # bytes without a picture for so long are a trouble of their own
AT_ONCE: Final = 1 << 20  # more than a picture, so that a slow reader skips to the newest
SCHEMES: Final = ("http", "https")
HOST_SIGNS: Final = 60
_BLANK_LINE: Final = re.compile(rb"\r?\n\r?\n")
_BOUNDARY: Final = re.compile(rb"--[^\s-]\S+")
_LENGTH: Final = re.compile(rb"content-length:\s*(\d{1,12})(?!\d)", re.IGNORECASE)


class NotAPictureStreamError(Exception):
    """Something else is at the address, which OpenCV may be able to read.

    `address` is where it is, name and password in it: the camera may have sent on to there.
    """

    def __init__(self, address: str) -> None:
        """Say where it is."""
        super().__init__("no stream of JPEG pictures")
        self.address = address


class _OnTheSameHost(HTTPRedirectHandler):
    """Follows a camera that sends on to another of its own addresses, and nowhere else."""

    def redirect_request(
        self,
        req: Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> Request | None:
        """Return what is asked next.

        Raises:
            URLError: It would be another host, or no web address.
        """
        there, here = urlsplit(newurl), urlsplit(req.full_url)
        if there.hostname != here.hostname or there.scheme not in SCHEMES:
            fp.close()
            other = printable(there.hostname or newurl)[:HOST_SIGNS]
            raise URLError(f"it sends on to {other}; give that address if you trust it")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class MultipartReader:
    """Cuts a multipart stream into its parts.

    Lengths are believed only as far as no boundary comes before their end, so that half a picture
    does not swallow the next.
    """

    def __init__(self, boundary: str) -> None:
        """Begin with nothing.

        Args:
            boundary: With or without its dashes; empty where the first line is to be taken.
        """
        self._mark = b"--" + boundary.strip('"').lstrip("-").encode() if boundary else None
        self._rest = bytearray()

    def feed(self, data: bytes) -> list[bytes]:
        """Return the parts that are complete with these bytes; an empty one for pure rubbish."""
        self._rest += data
        parts = []
        while (part := self._cut()) is not None:
            parts.append(part)
        if len(self._rest) > PICTURE_BYTES:
            self._rest.clear()
            parts.append(b"")
        return parts

    def _cut(self) -> bytes | None:
        """Take the first complete part out of what has come."""
        if self._mark is None and (line := _BOUNDARY.search(self._rest)):
            self._mark = line[0]
        if self._mark is None or (mark := self._rest.find(self._mark)) < 0:
            return None
        following = self._rest.find(self._mark, mark + len(self._mark))
        head = _BLANK_LINE.search(self._rest, mark)
        if head is None or 0 <= following < head.start():
            return self._taken(mark, following) if following >= 0 else None
        end = self._end(mark, head.end(), following)
        return None if end is None else self._taken(head.end(), end)

    def _end(self, mark: int, begin: int, following: int) -> int | None:
        """Return where the part that begins here ends; None when that has not come yet."""
        said = _LENGTH.search(self._rest, mark, begin)
        by_length = begin + int(said[1]) if said else None
        if by_length is not None and by_length <= (
            following if following >= 0 else len(self._rest)
        ):
            return by_length
        if following >= 0:
            return following
        if said is None and self._rest.rstrip().endswith(END):
            return jpeg_end(self._rest, begin)
        return None

    def _taken(self, begin: int, end: int) -> bytes:
        part = bytes(self._rest[begin:end])
        del self._rest[:end]
        return part


class PictureStream:
    """The newest picture of a stream that is open; older ones that have come too are left out."""

    fps: Final = 0.0

    def __init__(
        self, response: HTTPResponse, boundary: str, clock_s: Callable[[], float] = time.monotonic
    ) -> None:
        """Take over an answer whose headers have been read; `clock_s` tells how long it takes."""
        self._response, self._clock_s = response, clock_s
        self._parts = MultipartReader(boundary)

    def read(self) -> Image | CameraTrouble:
        """Wait for the next whole picture.

        Returns:
            The picture; BROKEN for one that is not whole, STALLED when no byte comes any more,
            GONE when the other side has closed.
        """
        begun_s = self._clock_s()
        newest: bytes | None = None
        while self._clock_s() - begun_s < USELESS_S:
            try:
                data = self._response.read1(AT_ONCE)
            except TimeoutError:
                return CameraTrouble.STALLED
            except (OSError, HTTPException, ValueError):
                return CameraTrouble.GONE
            if not data:
                return CameraTrouble.GONE
            if parts := self._parts.feed(data):
                newest = parts[-1]
            if newest is not None and not self._more_waits():
                break
        image = decoded(newest or b"")
        return CameraTrouble.BROKEN if image is None else image

    def release(self) -> None:
        """Hang up."""
        self._response.close()

    def _more_waits(self) -> bool:
        """Say whether newer bytes are here already."""
        return bool(select([self._response.fileno()], [], [], 0.0)[0])


def open_picture_stream(
    address: str, clock_s: Callable[[], float] = time.monotonic
) -> PictureStream:
    """Ask an address for its pictures.

    No proxy is asked: cameras are near.

    Raises:
        NotAPictureStreamError: It answers, with something else.
        OSError: It does not answer, or refuses.
    """
    url, opener = _opener(address)
    try:
        response: HTTPResponse = opener.open(url, timeout=ANSWER_S)
    except HTTPError as error:
        error.close()
        raise
    except (HTTPException, ValueError) as error:
        raise NotAPictureStreamError(address) from error
    if response.headers.get_content_maintype() != "multipart":
        with closing(response):
            raise NotAPictureStreamError(_known_to(response.url, address))
    boundary = response.headers.get_param("boundary", "")
    return PictureStream(response, boundary if isinstance(boundary, str) else "", clock_s)


def _known_to(url: str, address: str) -> str:
    """Return an address with the name and password of another one."""
    secrets, known, _ = urlsplit(address).netloc.rpartition("@")
    parts = urlsplit(url)
    return parts._replace(netloc=f"{secrets}{known}{parts.netloc}").geturl()


def _opener(address: str) -> tuple[str, OpenerDirector]:
    """Return the address without its name and password, and what knows them."""
    parts = urlsplit(address)
    url = parts._replace(netloc=parts.netloc.rpartition("@")[2], fragment="").geturl()
    known = HTTPPasswordMgrWithPriorAuth()
    if parts.username is not None:
        name, secret = unquote(parts.username), unquote(parts.password or "")
        known.add_password(None, url, name, secret, is_authenticated=True)
    handlers = HTTPBasicAuthHandler(known), HTTPDigestAuthHandler(known)
    return url, build_opener(ProxyHandler({}), _OnTheSameHost, *handlers)
