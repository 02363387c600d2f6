"""A workbook that is open in a spreadsheet program: Excel's,
through xlwings, and LibreOffice's, over UNO."""
