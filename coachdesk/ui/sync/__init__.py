"""Sync: what leaves, outbox and receipts."""
