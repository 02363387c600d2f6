"""The same quantity in several places: one fact, or a contradiction."""
