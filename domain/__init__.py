"""Domain model: what a delivery, a survey, a case is, and what may happen to it. Pure: no clock, no network, no rows."""
