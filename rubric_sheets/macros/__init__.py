"""Macro workbooks: the VBA project and the ribbon, made from reviewable text."""
