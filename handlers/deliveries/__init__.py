"""Ingestion of deliveries: by HTTP, from files, reported by couriers."""
