"""Phone surveys (S13): who cannot be asked in chat is listed each morning, phoned, and answered for."""
