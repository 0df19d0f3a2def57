"""How long to wait after a wrong try: 1, 2, 4, 8, 16 and then 30 seconds."""

LONGEST = 30


def seconds_after(wrong: int) -> int:
    """Seconds to wait after so many wrong tries in a row."""
    return min(2 ** (wrong - 1), LONGEST) if wrong > 0 else 0
