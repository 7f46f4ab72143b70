"""Table of deliveries: one waybill of one source, its customer, and what became of asking about it."""

from sqlalchemy import Column, ForeignKey, Index, String, Table, UniqueConstraint

from domain.deliveries.delivery import Fate
from storage.engine.columns import BigInt, EncryptedText, UtcDateTime, make_choice_type
from storage.models.base import metadata

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", BigInt, primary_key=True),
    Column("source", String(64), nullable=False),
    Column("waybill", String(64), nullable=False),
    Column("fingerprint", String(32), nullable=False),
    Column("delivered_at", UtcDateTime, nullable=False),
    Column("phone_hash", String(32), index=True),
    Column("phone", EncryptedText("deliveries.phone")),
    Column("ref_hash", String(32), index=True),
    Column("customer_name", EncryptedText("deliveries.customer_name")),
    Column("customer_type", String(32), nullable=False, default=""),
    Column("language", String(8), nullable=False, default=""),
    Column("department", String(64), nullable=False, default=""),
    Column("courier", String(64), nullable=False, default=""),
    Column("courier_name", EncryptedText("deliveries.courier_name")),
    Column("route", String(64), nullable=False, default=""),
    Column("station", String(64), nullable=False, default=""),
    Column("service", String(32), nullable=False, default=""),
    Column("priority", String(2), nullable=False, default=""),
    Column("declared_value", String(32), nullable=False, default=""),
    Column("person", ForeignKey("people.id"), index=True),
    Column("region", String(2), nullable=False, default=""),
    Column("fate", make_choice_type(Fate, "fate"), nullable=False, default=Fate.WAITING.value),
    Column("created_at", UtcDateTime, nullable=False),
    UniqueConstraint("source", "waybill"),
    Index("ix_deliveries_waybill", "waybill"),
    Index("ix_deliveries_delivered_at", "delivered_at"),
)
