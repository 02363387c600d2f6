"""Forms and tables in many layouts, clean and with one wrong figure: what is found of them."""
