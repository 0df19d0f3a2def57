"""Starlette's ASGI client; it warns of the httpx that it uses, which is the one that we have."""

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

__all__ = ["TestClient"]
