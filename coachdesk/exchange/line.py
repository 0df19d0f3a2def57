"""The wire itself: one HTTPS request at a time to one region, bounded in size and time.

TLS by the system's own trust store; redirects are never followed; the proxy is told from outside; nothing of
the environment is read.  ``http`` is taken only for this computer itself.  Whatever goes wrong on the way is
``NoLine`` with a sentence.  Answers come back as bytes: whether they are the region's is for who reads them.
"""

import contextlib
import ipaddress
import re
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpx

from coachdesk import __version__
from coachdesk.errors import Refused
from coachdesk.exchange import line_troubles
from coachdesk.i18n import N_

CONNECT_SECONDS, WHOLE_SECONDS = 10.0, 60.0
MOST_ANSWER = 256 << 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back: the status, the headers in small letters, the body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Wire:
    """A connection to one address; ``cut`` ends what is under way, from any thread."""

    def __init__(self, address: str, *, proxy: str | None = None) -> None:
        self.address = checked_address(address)
        local = _is_local(urlsplit(self.address).hostname or "")
        self._proxy = None if local else proxy
        self._socket: socket.socket | None = None
        self._cut, self._late = threading.Event(), threading.Event()
        self._client = httpx.Client(
            base_url=self.address,
            verify=_trust(),
            proxy=self._proxy,
            trust_env=False,
            follow_redirects=False,
            http2=False,
            timeout=httpx.Timeout(WHOLE_SECONDS, connect=CONNECT_SECONDS),
            limits=httpx.Limits(max_connections=1, max_keepalive_connections=1),
            headers={"user-agent": f"coachdesk/{__version__}", "accept-encoding": "identity"},
        )

    def ask(
        self,
        method: str,
        path: str,
        *,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, str] | None = None,
    ) -> Answer:
        """One request and its answer, whatever its status.

        Raises:
            NoLine: nothing came back, or something far too big or too slow.
        """
        ends = time.monotonic() + WHOLE_SECONDS
        self._late.clear()
        watch = threading.Timer(WHOLE_SECONDS, self._too_late)  # each read is bounded, but not their number
        watch.daemon = True
        watch.start()
        try:
            with self._client.stream(
                method,
                path,
                content=content,
                params=params,
                headers=dict(headers or {}),
                extensions={"trace": self._trace},
            ) as response:
                body = self._body(response, ends)
        except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError, OSError) as error:
            if self._late.is_set():
                raise line_troubles.slow() from error
            raise line_troubles.of_error(error, self.address, self._proxy) from error
        finally:
            watch.cancel()
        return Answer(
            status=response.status_code,
            headers={name.lower(): value for name, value in response.headers.items()},
            body=body,
        )

    def cut(self) -> None:
        """End what is under way; the one who waits for it is told that there is no line."""
        self._cut.set()
        self._shut()

    def close(self) -> None:
        """Let the connection go."""
        self._client.close()

    def __enter__(self) -> "Wire":
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def _too_late(self) -> None:
        """What did not come whole in time ends, also where it comes byte by byte."""
        self._late.set()
        self._shut()

    def _shut(self) -> None:
        sock = self._socket
        if sock is not None:
            with contextlib.suppress(OSError):
                socket.socket.shutdown(sock, socket.SHUT_RDWR)

    def _body(self, response: httpx.Response, ends: float) -> bytes:
        if response.headers.get("content-encoding", "identity").lower() != "identity":
            raise line_troubles.strange()
        found = bytearray()
        for part in response.iter_raw():
            found += part
            if len(found) > MOST_ANSWER:
                raise line_troubles.strange()
            if time.monotonic() > ends:
                raise line_troubles.slow()
        return bytes(found)

    def _trace(self, event: str, told: dict[str, Any]) -> None:
        """Keeps the socket of the connection, so that it can be cut."""
        if event.endswith((".connect_tcp.complete", ".start_tls.complete")):
            self._socket = told["return_value"].get_extra_info("socket")
        if self._cut.is_set():
            raise line_troubles.cut_off()
        if self._late.is_set():
            raise line_troubles.slow()


def checked_address(text: str) -> str:
    """An address of a region as it is kept: scheme, host, port and path, without a slash at its end.

    Raises:
        Refused: it is none, names a user, or is not encrypted and not of this computer.
    """
    wrong = Refused(
        N_("That is not the address of a region. It begins with https:// and names no user."), field="address"
    )
    text = text.strip()
    if "//" not in text:
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise wrong from error
    host = parts.hostname or ""
    if parts.username or parts.password or parts.query or parts.fragment or not re.fullmatch(_HOST, host):
        raise wrong
    if parts.scheme != "https" and not (parts.scheme == "http" and _is_local(host)):
        raise wrong
    if not re.fullmatch(r"(/[A-Za-z0-9._~-]+)*/?", parts.path):
        raise wrong
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}{f':{port}' if port else ''}{parts.path.rstrip('/')}"


_HOST = r"[A-Za-z0-9åäöÅÄÖ](?:[A-Za-z0-9åäöÅÄÖ.-]{0,250}[A-Za-z0-9åäöÅÄÖ])?|[0-9A-Fa-f:]{2,39}"


def _is_local(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _trust() -> ssl.SSLContext:
    """The certificates that this computer trusts; TLS 1.2 at least."""
    import truststore

    found = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    found.minimum_version = ssl.TLSVersion.TLSv1_2
    return found
