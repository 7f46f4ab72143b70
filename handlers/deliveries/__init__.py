"""Deliveries on their way in: by HTTP, from files, reported by couriers."""
