"""Words of reports: labels, numbers with units, and the synonyms, which are data."""
