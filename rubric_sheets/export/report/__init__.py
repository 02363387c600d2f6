"""The self-evaluation report as a Word document: what is said, and the template that says where."""
