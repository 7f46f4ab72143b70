### 快递员看到的内容。

delivered-elsewhere = 本公司的签收信息由系统自动上报，您不需要操作。
delivered-couriers-only = 这项功能供快递员使用。请经理用 /grant 快递员 登记您的快递员编号。
delivered-how =
    请在命令后面写运单号，例如：/delivered SF1234567890
    您的快递员编号：{ $ids }
delivered-which =
    您有多个快递员编号：{ $ids }。请在运单号后面注明由谁配送：
    /delivered { $waybill } 加快递员编号
delivered-not-yours = 系统里 { $waybill } 不是由您配送的。如果确实由您配送，请联系调度更正。
delivered-shown =
    <b>{ $waybill }</b>
    请客户扫码评价，或把链接发给客户：
    { $link }
menu-delivered = 登记签收并出示评价二维码
help-courier = /delivered 加运单号：登记签收，并出示供客户扫码评价的二维码
