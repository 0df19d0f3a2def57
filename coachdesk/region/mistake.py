"""What a log may say of a mistake of ours: its kind and its place, never its words, which may hold a name."""


def told(error: Exception) -> str:
    """Kind, file and line of a mistake, without any value."""
    found = error.__traceback__
    while found is not None and found.tb_next is not None:
        found = found.tb_next
    place = f"{found.tb_frame.f_code.co_filename}:{found.tb_lineno}" if found else "?"
    return f"{type(error).__name__} at {place}"
