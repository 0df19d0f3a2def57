"""The phrase bank: chosen from beside a text, kept in Settings."""
