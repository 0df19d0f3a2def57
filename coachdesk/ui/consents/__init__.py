"""Consents of a trainee."""
