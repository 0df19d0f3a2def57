"""Settings: of this computer (language, look) and of the desk (own details, norms, workshops, keys)."""
