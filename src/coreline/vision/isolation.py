"""Keep MediaPipe off the network. Nothing here imports it.

MediaPipe reports its usage to its maker over a libcurl of its own, with no documented way to say
no. That libcurl takes its proxy from the environment, and refuses a proxy of a kind it does not
know before it opens a socket or looks up a name. So the proxy is set to such a kind. Should a later
version read the unknown kind as HTTP, the address is still a closed port of this machine.
"""

import os
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


def cut_network() -> None:
    """Point every proxy of this process at nothing; call it before MediaPipe is loaded.

    It is never undone: reports are tried from background threads for as long as the process lives,
    and at closing. Nothing else in a process that has the model uses the network: a clip that lies
    at an address is fetched by a process of its own (`coreline.archive.fetching`).
    """
    os.environ.update(NO_NETWORK)
