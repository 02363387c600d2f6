"""Sentences understood: what they claim, and what follows from their other figures."""
