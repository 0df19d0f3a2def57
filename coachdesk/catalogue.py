"""A compiled catalogue (GNU .mo), whose messages are looked up where they lie in the file.

Reading all of them into a dictionary, as ``gettext`` does, takes as long as half of the unlock window.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator
from pathlib import Path
from struct import unpack_from

CONTEXT = b"\x04"  # stands between a message's context and its English text
END = b"\0"


class Catalogue:
    """One language's messages; what is not in the file is given back as it was asked."""

    def __init__(self, file: bytes) -> None:
        """Take a file's bytes, little-endian as all our compilers write it; ``ValueError`` for another."""
        magic, _revision, count, originals, translations = unpack_from("<5I", file)
        if magic != 0x950412DE:
            raise ValueError("not a catalogue")
        self._file = file
        self._sizes = unpack_from(f"<{2 * count}I", file, originals)  # length, place, length, place ...
        self._places = self._sizes[1::2]
        self._said = unpack_from(f"<{2 * count}I", file, translations)
        self._found: dict[bytes, list[str]] = {}
        self._plural: Callable[[int], int] | None = None

    @classmethod
    def read(cls, path: Path) -> "Catalogue":
        """The catalogue in a file; ``OSError`` where there is none."""
        return cls(path.read_bytes())

    def gettext(self, message: str) -> str:
        """The message in this language."""
        found = self._look_up(message.encode())
        return found[0] if found else message

    def pgettext(self, context: str, message: str) -> str:
        """The message where its meaning depends on ``context``."""
        found = self._look_up(context.encode() + CONTEXT + message.encode())
        return found[0] if found else message

    def ngettext(self, one: str, many: str, count: int) -> str:
        """The message in the right number, by the rule that the file's header gives."""
        found = self._look_up(one.encode())
        if not found:
            return one if count == 1 else many
        return found[self._form(count)]

    def ids(self) -> Iterator[str]:
        """Every English text in it, the first of those with a plural, without contexts."""
        for length, place in zip(self._sizes[::2], self._places, strict=True):
            text = self._file[place : place + length].split(END)[0]
            if text:
                yield text.rpartition(CONTEXT)[2].decode()

    def _look_up(self, wanted: bytes) -> list[str]:
        if wanted not in self._found:
            at = self._index(wanted)
            length, place = self._said[2 * at : 2 * at + 2] if at is not None else (0, 0)
            text = self._file[place : place + length].decode()
            self._found[wanted] = text.split("\0") if text else []
        return self._found[wanted]

    def _index(self, wanted: bytes) -> int | None:
        """Which message begins with these bytes and an end: texts lie one after the other, in order."""
        place = self._file.find(wanted + END, self._places[0])
        while place >= 0:
            at = bisect_left(self._places, place)
            if at == len(self._places):
                return None
            if self._places[at] == place:
                return at
            place = self._file.find(wanted + END, place + 1)
        return None

    def _form(self, count: int) -> int:
        if self._plural is None:
            from gettext import c2py

            header = " ".join(self._look_up(b""))
            self._plural = c2py(header.partition("plural=")[2].partition(";")[0])
        return self._plural(count)


class English(Catalogue):
    """The source language: every message as it is asked."""

    def __init__(self) -> None:
        pass

    def _look_up(self, wanted: bytes) -> list[str]:
        return []
