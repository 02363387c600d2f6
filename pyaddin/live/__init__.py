"""What the buttons do to a workbook on the screen: read it,
score it, write results and notes back."""
