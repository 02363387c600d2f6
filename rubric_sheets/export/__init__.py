"""The submission (报送表): what a unit hands in, made from its workbook.
Values and formats only."""
