### 配送員看到的內容。

delivered-elsewhere = 本公司的簽收資訊由系統自動回報，您不需要操作。
delivered-couriers-only = 這項功能供配送員使用。請經理用 /grant 配送員 登記您的配送員編號。
delivered-how =
    請在指令後面加上託運單號，例如：/delivered SF1234567890
    您的配送員編號：{ $ids }
delivered-which =
    您有多個配送員編號：{ $ids }。請在託運單號後面註明由誰配送：
    /delivered { $waybill } 加配送員編號
delivered-not-yours = 系統紀錄中，{ $waybill } 不是由您配送。如果確實由您配送，請聯絡調度人員更正。
delivered-shown =
    <b>{ $waybill }</b>
    請客戶掃描 QR 碼評分，或把連結傳給客戶：
    { $link }
menu-delivered = 登記簽收並出示評分 QR 碼
help-courier = /delivered 加託運單號：登記簽收，並出示 QR 碼供客戶掃描評分
