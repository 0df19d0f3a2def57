"""Coaches who share a desk: their passphrases, and the reason for seeing to another's trainee."""
