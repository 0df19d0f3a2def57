"""Where requests come from: which address it is, and whose are counted together."""

import ipaddress

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def address(text: str) -> Address | None:
    """The address, None where it is none.

    A socket of both kinds tells IPv4 as IPv6 (``::ffff:192.0.2.7``, RFC 4291 2.5.5.2): it is IPv4 still.
    """
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def house(text: str) -> str:
    """Whose requests are counted together: an address, of IPv6 the network that one house has (/64)."""
    found = address(text)
    if found is None:
        return text
    return str(found) if found.version == 4 else str(ipaddress.ip_network((found, 64), strict=False))
