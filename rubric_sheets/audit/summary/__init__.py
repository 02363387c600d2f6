"""The summary of an audit, for people: a workbook of several sheets, or one plain table."""
