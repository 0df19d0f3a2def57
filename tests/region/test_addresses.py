"""Who is counted together, by address."""

import pytest

from coachdesk.region.addresses import address, house


@pytest.mark.parametrize(
    ("text", "together"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),  # else all of IPv4 would be one house
        ("x", "x"),
        ("a:b:c", "a:b:c"),
        ("", ""),
    ],
)
def test_a_house_with_many_addresses_is_counted_once(text, together):
    assert house(text) == together


def test_an_address_of_ipv4_is_the_same_by_a_socket_of_both_kinds():
    assert address("::ffff:127.0.0.1") == address("127.0.0.1")
    assert address("x") is None
