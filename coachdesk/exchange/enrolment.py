"""The carried exchange of public keys: the region's card in, the desk's public key out.

No answer is needed: a desk's id is the thumbprint of its signing key.  Both sides show both fingerprints,
so that two people can compare them by phone.
"""

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from coachdesk.domain.codes import codes
from coachdesk.errors import Unreadable
from coachdesk.exchange import keys
from coachdesk.exchange.keys import Jwk
from coachdesk.i18n import N_

DEFAULT_BODY = next(code.key for code in codes("bodies") if code.more.get("receives"))
REGION_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionCard:
    """A region's public file: who it is and its public keys, the newest of each use first."""

    id: str
    name_fi: str
    name_sv: str
    body: str  # code of bodies: to whom consents are given
    keys: tuple[Mapping[str, Any], ...]
    address: str = ""  # where it receives by network

    def of_use(self, use: str) -> dict[str, Jwk]:
        """The keys of one use by ``kid``, the newest first."""
        return {key["kid"]: key for key in self.keys if key["use"] == use}

    @property
    def fingerprint(self) -> str:
        """What both sides compare: over every key that is handed out."""
        return keys.fingerprint(*sorted(self.keys, key=lambda key: (key["use"], key["kid"])))


def card_value(card: RegionCard) -> dict[str, Any]:
    """A region as its public file and its status say it."""
    value = {
        "id": card.id,
        "name": {"fi": card.name_fi, "sv": card.name_sv},
        "body": card.body,
        "jwks": {"keys": [keys.public(key) for key in card.keys]},
    }
    return value | ({"address": card.address} if card.address else {})


def card_text(card: RegionCard) -> bytes:
    """The public file of a region."""
    value = card_value(card)
    return (json.dumps(value, indent=1, ensure_ascii=False) + "\n").encode("utf-8")


def read_card(content: bytes) -> RegionCard:
    """A region's public file.

    Raises:
        Unreadable: it is none, or a key in it is not of the right kind.
    """
    return card_of_value(_json(content))


def card_of_value(value: object) -> RegionCard:
    """A region as its public file or its status says it.

    Raises:
        Unreadable: it is none, or a key in it is not of the right kind.
    """
    wrong = Unreadable(N_("The file is not the public file of a region."))
    if (
        not isinstance(value, dict)
        or not isinstance(value.get("id"), str)
        or not isinstance(value.get("jwks"), dict)
    ):
        raise wrong
    listed = value["jwks"].get("keys")
    if not REGION_ID.fullmatch(value["id"]) or not isinstance(listed, list) or not 2 <= len(listed) <= 20:
        raise wrong
    found = checked_keys(listed)
    body = value.get("body", DEFAULT_BODY)
    if not isinstance(body, str) or body not in codes("bodies"):
        raise wrong
    name_fi, name_sv = _names(value.get("name"))
    if not name_fi and not name_sv:
        raise wrong
    address = value.get("address", "")
    if not isinstance(address, str) or len(address) > 300:
        raise wrong
    return RegionCard(
        id=value["id"], name_fi=name_fi, name_sv=name_sv, body=body, keys=found, address=address
    )


def checked_keys(listed: list[Any]) -> tuple[dict[str, Any], ...]:
    """Public keys of a region: at least one to seal for and one to verify with.

    Raises:
        Unreadable: a key is wrong, or a use is missing.
    """
    uses = [str(key.get("use")) if isinstance(key, dict) else "" for key in listed]
    if set(uses) != {keys.SIGN, keys.ENCRYPT}:
        raise Unreadable(N_("The file holds no public key of the right kind."))
    return tuple(keys.checked_public(key, use) for key, use in zip(listed, uses, strict=True))


def device_text(sign: Jwk, encrypt: Jwk | None = None) -> bytes:
    """The public file of a desk: the key it signs with and the one that letters to it are sealed for."""
    listed = [keys.public(key) for key in (sign, encrypt) if key is not None]
    return (json.dumps({"keys": listed}, indent=1) + "\n").encode("ascii")


def read_device(content: bytes) -> dict[str, Any]:
    """The signing key in a desk's public file; its ``kid`` is the desk's id.

    Raises:
        Unreadable: it is none.
    """
    return read_device_keys(content)[0]


def read_device_keys(content: bytes) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """Both keys of a desk; the older form of the file holds only the one it signs with.

    Raises:
        Unreadable: it is no public file of a desk.
    """
    return device_keys(_json(content))


def device_keys(value: object) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """Both keys of a desk, as its file or its enrolment lists them.

    Raises:
        Unreadable: they are not one to sign with and at most one to seal for.
    """
    if not isinstance(value, dict) or "keys" not in value:
        return keys.checked_public(value, keys.SIGN), None
    listed = value["keys"]
    if not isinstance(listed, list) or not 1 <= len(listed) <= 2:
        raise Unreadable(N_("The file holds no public key of the right kind."))
    by_use = {str(key.get("use")) if isinstance(key, dict) else "": key for key in listed}
    if keys.SIGN not in by_use or not by_use.keys() <= {keys.SIGN, keys.ENCRYPT} or len(by_use) < len(listed):
        raise Unreadable(N_("The file holds no public key of the right kind."))
    other = by_use.get(keys.ENCRYPT)
    sign = keys.checked_public(by_use[keys.SIGN], keys.SIGN)
    return sign, None if other is None else keys.checked_public(other, keys.ENCRYPT)


def device_fingerprint(sign: Jwk, encrypt: Jwk | None = None) -> str:
    """What both sides compare of a desk."""
    return keys.fingerprint(*(key for key in (sign, encrypt) if key is not None))


def _names(value: object) -> tuple[str, str]:
    if not isinstance(value, dict):
        return "", ""
    found = [value.get(language, "") for language in ("fi", "sv")]
    fi, sv = (visible(name) for name in found)
    return fi, sv


def visible(name: object) -> str:
    """A name without control symbols, direction marks and half letters; empty where it is no text."""
    text = name if isinstance(name, str) else ""
    return "".join(one for one in text if not unicodedata.category(one).startswith("C")).strip()[:200]


def _json(content: bytes) -> Any:
    try:
        return json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Unreadable(N_("The file is not JSON, or is damaged.")) from error
