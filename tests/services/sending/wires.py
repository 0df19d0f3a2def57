"""Wires on which something goes wrong."""

from coachdesk.errors import NoLine
from coachdesk.exchange.line import Wire


def lossy(loses=(), sees=None):
    """A wire that loses the answers to these requests, counted from 0, and notes what was asked."""
    counted = iter(range(10_000))

    class Lossy(Wire):
        def ask(self, method, path, **more):
            number = next(counted)
            if sees is not None:
                sees.append((method, path, more.get("content")))
            found = super().ask(method, path, **more)
            if number in loses:
                raise NoLine("The answer never came.")
            return found

    return Lossy


def between(changed):
    """A wire on which who breaks TLS gives ``changed(method, path, answer)`` in place of each answer."""

    class Between(Wire):
        def ask(self, method, path, **more):
            return changed(method, path, super().ask(method, path, **more))

    return Between


class NoNetwork(Wire):
    def ask(self, _method, _path, **_more):
        raise NoLine("There is no network.")
