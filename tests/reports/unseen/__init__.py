"""Reports that the program was not written on: invented figures in the wordings and layouts of many
places, clean, or with one figure wrong."""
