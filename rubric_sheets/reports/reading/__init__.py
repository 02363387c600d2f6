"""Files of many kinds → one document model: paragraphs and tables with their places."""
