"""Processes that open what strangers send, and may die of it."""
