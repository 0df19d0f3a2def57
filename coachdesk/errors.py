"""The error tree.

::

    Problem                 carries a message id and values, never finished text
     ├── Refused            a rule said no; shown beside the field, not logged
     │    └── ReasonNeeded      another coach's trainee: go on once a reason is stated
     └── Trouble            the world's fault: disk, key, file, network; logged
          ├── WrongPassphrase   the passphrase or recovery key opens no slot
          ├── TooSoon           after wrong tries: wait some seconds first
          ├── DeskBusy          another process holds the desk
          ├── DeskDamaged       the store or the key file cannot be read as it should
          ├── NewerDesk         made by a newer program
          ├── DiskFull          nothing was written, nothing is lost
          ├── NoLine            the region cannot be reached, or what answers is not the region
          └── Unreadable        a spreadsheet, bundle, receipt or other file is not what it should be

Anything else that is raised is a mistake of ours.
"""

from collections.abc import Mapping


class Problem(Exception):
    """Something a person must be told: ``message`` is a gettext id with named fields.

    ``values`` fill the fields when the sentence is made (``i18n.say``), so that
    dates and numbers follow the reader's language.  ``field`` names the input
    that was wrong, where there is one.
    """

    def __init__(self, message: str, /, *, field: str | None = None, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.values: Mapping[str, object] = values if field is None else {"field": field, **values}

    def __str__(self) -> str:
        """The English sentence, for logs and tests: what is said to people is ``i18n.say``."""
        return self.message.format_map(self.values) if self.values else self.message


class Refused(Problem):
    """A rule said no."""


class ReasonNeeded(Refused):
    """The trainee is another coach's: state a reason and go on."""


class Trouble(Problem):
    """The world's fault: disk, key, file or network."""


class WrongPassphrase(Trouble):
    """The passphrase or the recovery key opens no slot."""


class TooSoon(Trouble):
    """After wrong tries: ``values["seconds"]`` are still to wait."""


class DeskBusy(Trouble):
    """Another process holds the desk."""


class DeskDamaged(Trouble):
    """The store or the key file cannot be read as it should."""


class NewerDesk(Trouble):
    """The desk was made by a newer program."""


class DiskFull(Trouble):
    """No room on the disk: nothing was written, nothing is lost."""


class Unreadable(Trouble):
    """A file from outside is not what it should be."""


class NoLine(Trouble):
    """The region cannot be reached, or answers that it will not.

    ``stops``: trying again by itself is of no use, a person must do something first.  ``after`` is how many
    seconds the region asked to be left alone; ``reason`` is the one it gave.
    """

    def __init__(
        self,
        message: str,
        /,
        *,
        stops: bool = False,
        after: float | None = None,
        reason: str = "",
        field: str | None = None,
        **values: object,
    ) -> None:
        super().__init__(message, field=field, **values)
        self.stops = stops
        self.after = after
        self.reason = reason
