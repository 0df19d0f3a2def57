"""Who may see what: the roles of the region's people, as a table."""

from dataclasses import dataclass
from types import MappingProxyType

from coachdesk.errors import Refused
from coachdesk.i18n import N_

OWN, ALL, ASSIGN = "summaries of own clients", "all summaries", "choose whose client somebody is"
LETTERS, PLACES, FIGURES = "letters", "free places", "figures"
DEVICES, LOG = "devices", "log"


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A role by its key, with its title and what it opens."""

    key: str
    title: str
    rights: frozenset[str]


ROLES = MappingProxyType(
    {
        role.key: role
        for role in (
            Role(key="worker", title=N_("Worker"), rights=frozenset({OWN, LETTERS, PLACES})),
            Role(key="figures", title=N_("Reader of figures"), rights=frozenset({FIGURES, PLACES})),
            Role(key="it", title=N_("IT"), rights=frozenset({DEVICES})),
            Role(
                key="lead",
                title=N_("Lead"),
                rights=frozenset({OWN, ALL, ASSIGN, LETTERS, PLACES, FIGURES, DEVICES, LOG}),
            ),
        )
    }
)


def role(key: str) -> Role:
    """The role of a key.

    Raises:
        Refused: there is no such role.
    """
    if key not in ROLES:
        raise Refused(N_("There is no role “{role}”."), field="role", role=key)
    return ROLES[key]
