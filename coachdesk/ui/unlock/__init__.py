"""Unlocking: the first thing painted, so nothing heavy is imported here at module level."""
