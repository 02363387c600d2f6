"""The add-in on a real spreadsheet program: the built workbook, the buttons,
a process for every click."""
