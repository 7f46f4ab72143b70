"""Staff's side of cases: the buttons of the card, what they ask, what follows, standard answers."""
