"""What can be wrong between a desk and its region, each in one sentence.

``stops`` marks what no waiting mends.  Everything else is tried again by itself.
"""

import socket
import ssl
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx

from coachdesk.errors import NoLine
from coachdesk.exchange.refusals import REFUSALS
from coachdesk.i18n import N_

# X509_V_ERR_* of OpenSSL
_NOT_YET, _EXPIRED, _OTHER_HOST = 9, 10, (62, 64)


def of_error(error: BaseException, address: str, proxy: str | None = None) -> NoLine:
    """What an error of the network means; ``proxy`` is the one by whose way it went."""
    if isinstance(error, NoLine):
        return error
    host = urlsplit(address).hostname or address
    causes = tuple(chain(error))
    for cause in causes:
        if isinstance(cause, NoLine):
            return cause
        if isinstance(cause, ssl.SSLCertVerificationError):
            return _of_certificate(cause, host)
    if any(isinstance(cause, httpx.ProxyError) for cause in causes):
        return _of_proxy(error)
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return NoLine(
            N_("No safe connection to {host} could be made. Something between may be looking into it."),
            host=host,
        )
    if proxy and isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
        name = urlsplit(proxy).hostname or proxy
        return NoLine(N_("The proxy of this network, {proxy}, cannot be reached."), proxy=name)
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        return NoLine(N_("There is no network, or the name {host} is not known in it."), host=host)
    if any(isinstance(cause, ConnectionRefusedError) for cause in causes):
        return NoLine(N_("{host} takes no connections just now."), host=host)
    if isinstance(error, httpx.TimeoutException):
        return slow()
    if isinstance(error, httpx.RemoteProtocolError):
        return NoLine(N_("The connection to {host} broke before the whole answer came."), host=host)
    return NoLine(N_("{host} cannot be reached."), host=host)


def _of_certificate(error: ssl.SSLCertVerificationError, host: str) -> NoLine:
    code = getattr(error, "verify_code", 0)
    text = str(getattr(error, "verify_message", "")).lower()
    if code == _EXPIRED or "expired" in text:
        return NoLine(
            N_(
                "By the clock of this computer the certificate of {host} is past its last day. If the clock "
                "is right, tell the region. Nothing was sent."
            ),
            host=host,
        )
    if code == _NOT_YET or "not yet valid" in text:
        return NoLine(
            N_(
                "By the clock of this computer the certificate of {host} is not in force yet. See whether "
                "the clock is right. Nothing was sent."
            ),
            host=host,
        )
    if code in _OTHER_HOST or "mismatch" in text or "doesn't match" in text:
        return NoLine(
            N_("What answers at {host} shows the certificate of another name. Nothing was sent."), host=host
        )
    return NoLine(
        N_(
            "What answers at {host} shows a certificate that this computer does not trust. A network that "
            "looks into connections does that. Nothing was sent."
        ),
        host=host,
    )


def _of_proxy(error: BaseException) -> NoLine:
    if "407" in str(error):
        return proxy_asks()
    return NoLine(N_("The proxy of this network does not let the connection through."))


def proxy_asks() -> NoLine:
    """A proxy that wants a name and a password."""
    return NoLine(
        N_("The proxy of this network asks for a sign-in that CoachDesk does not know. Carry a file instead.")
    )


def slow() -> NoLine:
    """Too slow."""
    return NoLine(N_("The answer took too long. It is tried again."))


def strange() -> NoLine:
    """Something answered that is no region."""
    return NoLine(N_("What answered is not the region. Something between answers in its place."))


def other_key() -> NoLine:
    """A status as a region's, signed with a key that it has not told this desk."""
    return NoLine(
        N_(
            "What answered signs with a key that is not known here. Either something between answers in the "
            "region's place, or the region has given up its old keys: ask it for its new public file."
        )
    )


def played_again() -> NoLine:
    """It is of the region, but not to our question of this moment."""
    return NoLine(
        N_(
            "What came is not the region's answer to what was asked just now. It may be an old answer sent "
            "once more. Nothing of it was believed."
        )
    )


def older_region() -> NoLine:
    """The region's program cannot say to what it answers."""
    return NoLine(REFUSALS["newer_version"].sentence)


def cut_off() -> NoLine:
    """It was ended from here."""
    return NoLine(N_("Sending was ended here. What had not come through is sent again."))


def sign_in_page() -> NoLine:
    """A captive portal."""
    return NoLine(
        N_("The network asks you to sign in on a page of its own first. Open it in your browser, then send.")
    )


def moved(to: str) -> NoLine:
    """A redirect."""
    host = urlsplit(to).hostname or ""
    if not host:
        return strange()
    return NoLine(
        N_("The address sends on to {host}. CoachDesk does not follow: nothing was sent there."), host=host
    )


def chain(error: BaseException) -> Iterator[BaseException]:
    """An error and what it came of."""
    seen: set[int] = set()
    found: BaseException | None = error
    while found is not None and id(found) not in seen:
        seen.add(id(found))
        yield found
        found = found.__cause__ or found.__context__
