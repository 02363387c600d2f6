"""A workbook in Excel, through xlwings."""
