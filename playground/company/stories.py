"""What people of the example company's history say, by language."""

from __future__ import annotations

COMPLAINTS = {
    "en": (
        "The parcel was left in front of the door in the rain, and the box is soaked.",
        "I waited the whole afternoon; it came a day late and nobody called.",
        "One of the three items is missing, although the box was sealed.",
        "The courier asked for an extra fee for the third floor.",
        "It was signed for by somebody I do not know.",
        "The corner of the screen is cracked. The box had a big dent.",
    ),
    "zh": (
        "包裹放在门口淋了雨，箱子全湿了。",
        "等了一下午，晚了一天才到，也没有打电话。",
        "箱子是封好的，但三件里少了一件。",
        "配送员说三楼要另外收上楼费。",
        "快件被陌生人代签了，没有经过我同意。",
        "屏幕一角裂了，外箱上有很大的凹痕。",
    ),
}
AGAIN = {"en": "The refund has not arrived yet.", "zh": "退款还没有到账。"}
COMMENTS = {"en": "Friendly and careful, thank you.", "zh": "很准时，态度也好，谢谢。"}
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
