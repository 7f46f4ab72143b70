"""Phone surveys (S13): customers who cannot be asked in chat are listed each morning, phoned, and their answers entered for them."""
