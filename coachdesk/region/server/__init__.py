"""The receiver over HTTP: a thin door before ``region.receive``, bounded in every direction.

Enters: bytes of requests, the region's folder and store, a clock.  Stays out: what a bundle means
(``ledger``), how a person of the region looks at it (``staff``, which is mounted beside).
"""
