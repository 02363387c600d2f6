"""A second opinion: the live formulas of a workbook, computed by another program."""
