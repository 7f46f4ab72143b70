"""Sample dialogue of the staff in the example company's history; what its customers say is in `texts/*/example.toml`."""

from __future__ import annotations

RESOLUTIONS = (
    (
        "The parcel was handed over without a call to the customer.",
        "We apologise. The courier was trained again on calling before every handover, and the freight was refunded.",
        "Freight refunded",
    ),
    (
        "Heavy goods were stacked on top at the transfer station.",
        "We are sending a replacement today. The station now separates heavy goods before loading.",
        "Replacement sent",
    ),
    (
        "The sorting line was a shift behind, and the promised time was not adjusted.",
        "We apologise for the delay. From this week a second shift sorts in the evening, and you get a voucher.",
        "Voucher of 20 yuan",
    ),
    (
        "No fee is allowed for upper floors; the courier did not know the new rule.",
        "The fee was paid back today, and the rule was explained to all couriers of the station.",
        "",
    ),
)
