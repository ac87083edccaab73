"""The picture server of the fault tests comes back, also where its port was taken meanwhile."""

import socket
import time
from collections.abc import Callable
from contextlib import suppress

from tools.faulty_server import Fault, FaultyServer

PATIENCE_S = 30.0  # ends what would wait for ever


def until(happened: Callable[[], bool]) -> None:
    end_s = time.monotonic() + PATIENCE_S
    while not happened():
        assert time.monotonic() < end_s
        time.sleep(0.01)


def answers(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1.0):
        return True
    return False


def taken(port: int) -> socket.socket:
    """Return another's socket that listens at the port, once the server has left it."""
    while True:
        with suppress(OSError):
            return socket.create_server(("127.0.0.1", port))
        time.sleep(0.005)


def test_a_port_that_somebody_took_is_listened_at_again_when_they_have_left() -> None:
    with FaultyServer() as server:
        until(lambda: answers(server.port))
        server.fault = Fault.CLOSE
        with taken(server.port):
            server.fault = Fault.GOOD
            time.sleep(0.2)  # it tries, in vain, every hundredth of a second
        until(lambda: answers(server.port))
