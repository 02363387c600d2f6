"""The result of an audit as one page for a browser: nothing is loaded from anywhere, nothing that
stands in a file is ever code."""
