"""The command ``serve``: the receiver runs until it is told to stop."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from coachdesk import i18n
from coachdesk.arguments import Parser, whole
from coachdesk.arguments import folder as path
from coachdesk.i18n import N_, _
from coachdesk.region import folder

if TYPE_CHECKING:
    from coachdesk.region.server.serving import Serving

BUSY_SECONDS = 10


def add(
    commands: argparse._SubParsersAction[Parser], take_region: Callable[[argparse.ArgumentParser], None]
) -> None:
    """The command with its help."""
    found = commands.add_parser("serve", help=_("receive over the network"))
    take_region(found)
    words = _("the address to listen on")
    found.add_argument("--listen", default="127.0.0.1:8420", metavar=_("ADDRESS"), help=words)
    found.add_argument(
        "--certificate", type=path, metavar=_("FILE"), help=_("the certificate, with its chain")
    )
    found.add_argument("--key", type=path, metavar=_("FILE"), help=_("the certificate's private key"))
    words = _("a proxy in front has the certificate; its word on the client's address is taken")
    found.add_argument("--behind-proxy", action="store_true", help=words)
    words = _("the address of a proxy, when it is not this computer")
    found.add_argument("--proxy", action="append", default=[], metavar=_("ADDRESS"), help=words)
    words = _("a network that may read the metrics, when it is not this computer")
    found.add_argument("--metrics-from", action="append", default=[], metavar=_("NETWORK"), help=words)
    words = _("no pages for the region's people")
    found.add_argument("--no-pages", action="store_true", help=words)
    words = _("seconds within which a request must have come")
    found.add_argument("--patience", type=whole(1, 600), default=60, metavar=_("NUMBER"), help=words)
    words = _("stop when the standard input is closed, as it is when who began this ends")
    found.add_argument("--while-input", action="store_true", help=words)
    for name, words in (
        ("--a-minute-address", _("requests a minute from one address, 0 for any number")),
        ("--a-minute-desk", _("requests a minute of one desk, 0 for any number")),
        ("--a-day-desk", _("bundles a day of one desk, 0 for any number")),
        ("--a-minute-pages", _("pages a minute for one address, 0 for any number")),
    ):
        found.add_argument(name, type=whole(0, 1_000_000), metavar=_("NUMBER"), help=words)
    found.set_defaults(carry_out=serve)


def serve(asked: argparse.Namespace) -> int:
    """Serve until SIGTERM or SIGINT."""
    from coachdesk.region.server import serving

    how = _how(asked)
    serving.checked(how)
    region = folder.open_region(asked.region, asked.database, busy_seconds=BUSY_SECONDS)
    serving.log_to_stderr()
    if asked.while_input:
        serving.end_with_input()
    serving.serve(region, asked.clock, how, ready=_say)
    region.engine.dispose()
    return 0


def _how(asked: argparse.Namespace) -> Serving:
    import ipaddress

    from coachdesk.errors import Refused
    from coachdesk.region.server import serving
    from coachdesk.region.server.limits import Limits

    try:
        host, port = serving.address(asked.listen)
        for one in asked.metrics_from:
            ipaddress.ip_network(one)
    except ValueError as error:
        raise Refused(N_("“{text}” is no address to listen on, or no network."), text=str(error)) from error
    asked_for = {
        "address_a_minute": asked.a_minute_address,
        "device_a_minute": asked.a_minute_desk,
        "bundles_a_day": asked.a_day_desk,
        "pages_a_minute": asked.a_minute_pages,
    }
    limits = Limits(
        body_seconds=asked.patience,
        header_seconds=min(Limits().header_seconds, asked.patience),
        **{name: number for name, number in asked_for.items() if number is not None},
    )
    return serving.Serving(
        host=host,
        port=port,
        certificate=asked.certificate,
        key=asked.key,
        behind_proxy=asked.behind_proxy,
        proxies=tuple(asked.proxy) or ("127.0.0.1", "::1"),
        metrics_from=tuple(asked.metrics_from),
        staff=not asked.no_pages,
        limits=limits,
    )


def _say(address: str) -> None:
    print(i18n.current().fill(N_("Listening on {address}"), address=address))
    sys.stdout.flush()
