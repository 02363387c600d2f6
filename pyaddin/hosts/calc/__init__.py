"""A workbook in LibreOffice Calc, over UNO."""
