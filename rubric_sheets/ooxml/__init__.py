"""Workbooks as they are stored: cells read straight from the XML,
edits that leave every other byte alone."""
