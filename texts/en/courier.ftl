### What couriers read.

delivered-elsewhere = Your company's own system reports the deliveries, so you do not need to do anything.
delivered-couriers-only = This is for couriers. Please ask a manager to register your courier ID with /grant courier.
delivered-how =
    Write the waybill number after the command, like this: /delivered SF1234567890
    Your courier ID: { $ids }
delivered-which =
    You have more than one courier ID: { $ids }. After the waybill number, say which one delivered it:
    /delivered { $waybill } and the courier ID
delivered-not-yours = Our records say that another courier has { $waybill }. If you are delivering it, please ask your dispatcher to correct that.
delivered-shown =
    <b>{ $waybill }</b>
    Let the customer scan this code, or pass on the link:
    { $link }
menu-delivered = Report a delivery, show its code
help-courier = /delivered and a waybill number reports a delivery and shows the code that the customer scans to rate it
