"""Finished reports: read them, recompute every statement, show what cannot be true."""
