"""Today: who is expected, what asks for attention, what comes next."""
