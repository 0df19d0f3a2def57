"""The library that draws PDF pages works for one thread at a time: take this lock around it."""

import threading

PDFIUM = threading.RLock()
