"""What the computer says of its network: a hint of when to try, whether it costs, and the proxy.

Nothing of it is believed: online is only what a region signed.  The proxy is handed on as a plain value.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal


class NetworkHint(QObject):
    """Tells when the network may have come back; ``metered`` whether it costs by what is moved."""

    came = Signal()
    cost_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._found: Any = None
        self._asked = False

    @property
    def metered(self) -> bool:
        """Whether the connection costs by what is moved, as far as the computer says."""
        self.listen()
        return bool(self._found is not None and self._found.isMetered())

    def listen(self) -> None:
        """Begin to listen; where the computer has no such service nothing is ever told."""
        if self._asked:
            return
        self._asked = True
        from PySide6.QtNetwork import QNetworkInformation

        if QNetworkInformation.loadDefaultBackend():
            self._found = QNetworkInformation.instance()
        if self._found is not None:
            self._found.reachabilityChanged.connect(self._reach)
            self._found.isMeteredChanged.connect(lambda _costs: self.cost_changed.emit())

    def _reach(self, reach: Any) -> None:
        from PySide6.QtNetwork import QNetworkInformation

        if reach != QNetworkInformation.Reachability.Disconnected:
            self.came.emit()


def system_proxy(address: str) -> str | None:
    """The proxy that this computer uses for an address, as ``http://host:port``; None for none.

    Asked on the lane that waits for the network: a script of the house may take its time.
    """
    from PySide6.QtCore import QUrl
    from PySide6.QtNetwork import QNetworkProxy, QNetworkProxyFactory, QNetworkProxyQuery

    for found in QNetworkProxyFactory.systemProxyForQuery(QNetworkProxyQuery(QUrl(address))):
        if found.type() == QNetworkProxy.ProxyType.NoProxy:
            return None
        if found.type() in (QNetworkProxy.ProxyType.HttpProxy, QNetworkProxy.ProxyType.HttpCachingProxy):
            host = found.hostName()
            return f"http://[{host}]:{found.port()}" if ":" in host else f"http://{host}:{found.port()}"
    return None
