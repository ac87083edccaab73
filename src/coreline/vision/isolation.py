"""Keep MediaPipe off the network and off the terminal. Nothing here imports it.

MediaPipe reports its usage to its maker over a libcurl of its own, with no documented way to say
no. That libcurl takes its proxy from the environment, and refuses a proxy of a kind it does not
know before it opens a socket or looks up a name. So the proxy is set to such a kind. Should a later
version read the unknown kind as HTTP, the address is still a closed port of this machine.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

NOWHERE: Final = "blocked://127.0.0.1:9"
# no_proxy must not be empty: libcurl passes over an empty one to NO_PROXY, where a `*` would
# lead around the proxy.
NO_NETWORK: Final = {
    "https_proxy": NOWHERE,
    "HTTPS_PROXY": NOWHERE,
    "http_proxy": NOWHERE,
    "all_proxy": NOWHERE,
    "ALL_PROXY": NOWHERE,
    "no_proxy": "localhost",
    "NO_PROXY": "localhost",
}
_stderr_lock = threading.Lock()


def cut_network() -> None:
    """Point every proxy of this process at nothing; call it before MediaPipe is loaded.

    It is never undone: reports are tried from background threads for as long as the process lives,
    and at closing. Nothing else in Coreline uses the network.
    """
    os.environ.update(NO_NETWORK)


@contextmanager
def silenced_stderr() -> Iterator[None]:
    """Send what C code writes to standard error nowhere, for as long as the block lasts.

    MediaPipe's native library writes INFO and W0000 lines on every start, and heeds none of
    GLOG_minloglevel, TF_CPP_MIN_LOG_LEVEL, absl's flags or its own logging call-back (which adds a
    listener and silences nothing), so the file descriptor is all there is. It belongs to the whole
    process: keep the block short. Real errors come as exceptions and are not lost.
    """
    with _stderr_lock:
        try:
            kept = os.dup(2)
        except OSError:  # No standard error at all, as in a windowed Windows program.
            yield
            return
        try:
            _point_stderr_at_nothing()
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)


def _point_stderr_at_nothing() -> None:
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 2)
    os.close(nothing)
