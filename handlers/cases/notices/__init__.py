"""Notifications of a case: who hears of an event, as the column `tells` of its table says, and in which words."""
