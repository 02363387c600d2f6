"""How targets and results are read that people type: signs, units, days, words."""
