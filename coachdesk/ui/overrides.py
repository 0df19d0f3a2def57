"""Errors in what Qt calls are told, and never end the program.

Up to Python 3.11 an error that C raised (``len(3)``, a widget that is gone) is not yet an object when it
leaves a function.  Shiboken (6.9 to 6.11) takes it for one where the function overrides one of Qt's and Qt
was called from Python, and the process dies.  An error that has passed an ``except`` is an object.  So each
function that overrides one of Qt's passes its errors through one; they then reach whoever called, in the end
``sys.excepthook``, as those of any slot do.
"""

import sys
from collections.abc import Callable
from types import FunctionType
from typing import Any

from PySide6.QtCore import QObject

AFFLICTED = sys.version_info < (3, 12)


def passing(function: Callable[..., Any]) -> Callable[..., Any]:
    """The same function, whose errors are objects when they leave it.

    It takes as many arguments as before: Qt counts them where it is connected to a signal.
    """
    code = function.__code__
    if code.co_kwonlyargcount or code.co_flags & 0x0C or code.co_argcount > 4:  # *args, **more
        return _any(function)
    found: Any = (_none, _one, _two, _three)[code.co_argcount - 1](function)
    found.__name__, found.__qualname__, found.__doc__ = (
        function.__name__, function.__qualname__, function.__doc__,
    )  # fmt: skip
    found.__defaults__, found.__wrapped__ = function.__defaults__, function
    return found


def _none(function: Callable[..., Any]) -> Callable[..., Any]:
    def override(self: Any) -> Any:
        try:
            return function(self)
        except BaseException:
            raise

    return override


def _one(function: Callable[..., Any]) -> Callable[..., Any]:
    def override(self: Any, first: Any) -> Any:
        try:
            return function(self, first)
        except BaseException:
            raise

    return override


def _two(function: Callable[..., Any]) -> Callable[..., Any]:
    def override(self: Any, first: Any, second: Any) -> Any:
        try:
            return function(self, first, second)
        except BaseException:
            raise

    return override


def _three(function: Callable[..., Any]) -> Callable[..., Any]:
    def override(self: Any, first: Any, second: Any, third: Any) -> Any:
        try:
            return function(self, first, second, third)
        except BaseException:
            raise

    return override


def _any(function: Callable[..., Any]) -> Callable[..., Any]:
    def override(*given: Any, **named: Any) -> Any:
        try:
            return function(*given, **named)
        except BaseException:
            raise

    return override


def _subclassed(cls: type, /, **more: Any) -> None:
    super(QObject, cls).__init_subclass__(**more)  # type: ignore[misc]
    of_qt = next(base for base in cls.__mro__ if base.__module__.startswith("PySide6."))
    for name, function in list(vars(cls).items()):
        if type(function) is FunctionType and name[0] != "_" and hasattr(of_qt, name):
            setattr(cls, name, passing(function))


def guard() -> None:
    """From now on: each class that is made of one of Qt's."""
    if AFFLICTED:
        QObject.__init_subclass__ = classmethod(_subclassed)  # type: ignore[assignment]
