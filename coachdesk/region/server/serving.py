"""The receiver as a process: a socket, uvicorn, certificates, a stop that loses nothing."""

import contextlib
import logging
import signal
import socket
import ssl
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import uvicorn

from coachdesk.clock import Clock
from coachdesk.errors import Refused, Trouble
from coachdesk.i18n import N_
from coachdesk.region import calendar
from coachdesk.region.folder import Region
from coachdesk.region.server.app import METRICS_FROM, application
from coachdesk.region.server.limits import BIGGEST_HEADERS, Limits
from coachdesk.region.server.waiting import patient


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """How it is served; ``proxies`` are the addresses whose word on the client's address is taken."""

    host: str
    port: int
    certificate: Path | None = None
    key: Path | None = None
    behind_proxy: bool = False
    proxies: tuple[str, ...] = ("127.0.0.1", "::1")
    metrics_from: tuple[str, ...] = ()  # besides this computer
    staff: bool = True
    limits: Limits = field(default_factory=Limits)


def address(text: str) -> tuple[str, int]:
    """Host and port of an address; an empty host is this computer itself.

    Raises:
        ValueError: it is no address.
    """
    host, colon, port = text.rpartition(":")
    if not colon or not port.isdecimal() or int(port) > 65535:
        raise ValueError(text)
    return host.strip("[]") or "127.0.0.1", int(port)


def checked(how: Serving) -> Serving:
    """Nothing is served in the clear to other computers.

    Raises:
        Refused: neither a certificate nor a proxy, and the address is not this computer's own.
        Trouble: the certificate or its key cannot be read.
    """
    if (how.certificate is None) != (how.key is None):
        raise Refused(N_("A certificate needs its key: give --certificate and --key."))
    if how.certificate is None and not how.behind_proxy and not _is_local(how.host):
        raise Refused(
            N_("Nothing is served in the clear to others. Give --certificate and --key, or --behind-proxy.")
        )
    if how.certificate is not None and how.key is not None:
        try:
            ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(
                how.certificate, how.key, password=lambda: b""
            )
        except (OSError, ssl.SSLError, ValueError) as error:
            raise Trouble(N_("The certificate or its key cannot be read.")) from error
    return how


def serve(region: Region, clock: Clock, how: Serving, *, ready: Callable[[str], None]) -> None:
    """Serve until SIGTERM or SIGINT; then finish what was begun. ``ready`` is told the address.

    Raises:
        Refused, Trouble: as ``checked``; or the address cannot be listened on.
    """
    checked(how)
    app = application(
        region, clock, limits=how.limits, staff=how.staff, metrics_from=(*METRICS_FROM, *how.metrics_from)
    )
    config = uvicorn.Config(
        app,
        http=patient(how.limits.header_seconds),
        ws="none",
        lifespan="on",
        loop="asyncio",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=how.behind_proxy,
        forwarded_allow_ips=list(how.proxies) if how.behind_proxy else None,
        limit_concurrency=how.limits.connections,
        timeout_keep_alive=20,
        timeout_graceful_shutdown=how.limits.stop_seconds,
        ssl_certfile=how.certificate,
        ssl_keyfile=how.key,
        h11_max_incomplete_event_size=BIGGEST_HEADERS,
    )
    listening = _listen(how)
    name = "https" if how.certificate else "http"
    shown = f"[{how.host}]" if ":" in how.host else how.host
    calendar.turn(region, clock.now())
    with listening, _turning(region, clock):
        ready(f"{name}://{shown}:{listening.getsockname()[1]}")
        _Server(config).run(sockets=[listening])


def log_to_stderr() -> None:
    """One line for each request and each mistake, for the journal of the system."""
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(levelname)s %(name)s %(message)s")
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)


def end_with_input() -> None:
    """Stop once the standard input is closed: whoever holds its other end is gone, however it went."""

    held = sys.stdin.buffer if sys.stdin is not None else None  # None where it was closed from the first

    def wait() -> None:
        with contextlib.suppress(OSError, ValueError):
            while held is not None and held.read(4096):
                pass
        signal.raise_signal(signal.SIGTERM)

    threading.Thread(target=wait, name="input", daemon=True).start()


class _Server(uvicorn.Server):
    """uvicorn that ends by itself after a signal, so that the exit code is 0."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {one: signal.signal(one, self.handle_exit) for one in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for one, how in before.items():
                signal.signal(one, how)


@contextlib.contextmanager
def _turning(region: Region, clock: Clock) -> Iterator[None]:
    """The region's own calendar goes on turning, also when nobody asks anything."""
    over = threading.Event()

    def turn() -> None:
        while not over.wait(300):
            with contextlib.suppress(Trouble):
                calendar.turn(region, clock.now())

    thread = threading.Thread(target=turn, name="calendar", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _listen(how: Serving) -> socket.socket:
    family = socket.AF_INET6 if ":" in how.host else socket.AF_INET
    found = socket.socket(family, socket.SOCK_STREAM)
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((how.host, how.port))
        found.listen(128)  # from now on nobody is refused, though the first wait a moment
    except OSError as error:
        found.close()
        shown = f"{how.host}:{how.port}"
        raise Trouble(
            N_("Nothing can listen on {address}: it is taken or not allowed."), address=shown
        ) from error
    return found


def _is_local(host: str) -> bool:
    return host == "localhost" or host == "::1" or host.startswith("127.")
