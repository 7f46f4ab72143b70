### What couriers read.

delivered-elsewhere = Deliveries are reported by the company's own system here, so there is nothing to do for you.
delivered-couriers-only = This is for couriers. Ask a manager to link you to your courier id with /grant courier.
delivered-how =
    Send the waybill behind the command, like this: /delivered SF1234567890
    You are courier { $ids }.
delivered-which =
    You are more than one courier: { $ids }. After the waybill, say which one delivers, like this:
    /delivered { $waybill } and the courier's id
delivered-not-yours = { $waybill } is another courier's, by what I know. If you bring it, ask your dispatcher to correct that.
delivered-shown =
    <b>{ $waybill }</b>
    Let the customer scan this code, or pass on the link:
    { $link }
menu-delivered = Report a delivery, show its code
help-courier = /delivered and the waybill reports a delivery and shows the code that the customer scans to rate it
