### 本人資料的提供與刪除。

menu-mydata = 取得我的全部資料
menu-forgetme = 刪除我的全部資料
help-mydata =
    /mydata 取得保存的與您有關的全部資料
    /forgetme 刪除這些資料

forgetme =
    <b>刪除我的全部資料</b>

    將刪除您的姓名、電話、帳號，您寫過、傳過的一切，以及就此寫給您的內容。公司群組裡的相關訊息，在 Telegram 允許的範圍內一併撤下。

    以下內容會保留，但不含您的姓名：評分的分數、有過一次客訴及其處理時間，以及公司自己的託運單。
    { $open ->
        [0] { "" }
       *[other] 您還有 { $open } 件未結案件，將隨之撤回，不再處理。
    }
    { $hours ->
        [0] 確認後立即刪除，無法復原。
       *[other] 確認後 { $hours } 小時執行。在此之前，點一下即可撤回；之後無法復原。
    }

    如需留存，請先用 /mydata 取得一份。
forgetme-ask = 全部刪除
forgetme-keep = 保留
forgetme-really = <b>確定全部刪除嗎？</b>您的案件、答案和與公司的往來訊息都將消失，您自己也無法再查看。
forgetme-yes = 確定刪除
forgetme-no = 不刪除
forgetme-kept = 沒有刪除任何內容。
forgetme-waits =
    將於 <b>{ $at }</b> 刪除您的全部資料。

    在此之前如果改變主意，請按下面的按鈕。
forgetme-undo = 撤回
forgetme-undone = 已撤回，沒有刪除任何內容。
forgetme-too-late = 已經刪除了。
forgetme-done = 與您有關的全部資料已刪除。您若再次來訊，我會把您當作新朋友，從頭開始。
forgetme-not-yet = 沒有刪除：{ $why }
forgetme-last-manager = 您是唯一的管理員，請先用 /grant 把該角色授予他人。
forgetme-owner = 您手上還有 { $count } 件案件（{ $numbers }），請先移交。
forgetme-staff = 您的工作紀錄會保留，但不含您的姓名，只顯示「{ $former }」。
forgetme-former-staff = 前員工
forgetme-erased-here = <i>此處內容已刪除。</i>

mydata-coming = 馬上傳來兩個檔案：一個供閱讀，一個供其他程式使用。
mydata-caption = { $form ->
    [json] 與您有關的全部資料，供其他程式使用。請妥善保管。
   *[html] 與您有關的全部資料。請妥善保管。
  }
mydata-later = 一小時內已經傳過檔案，請一小時後再試。
mydata-title = 與您有關的全部資料
mydata-intro = 截至 { $at }。其他人只以職能出現，不含姓名；員工之間的內部備註不在其中。另一個檔案包含全部細節。
mydata-none = 無。
mydata-you = 您
mydata-staff = 工作人員
mydata-bot = 機器人
mydata-table-people = 您本人
mydata-table-grants = 您的角色
mydata-table-deliveries = 您的包裹
mydata-table-answers = 您的答案
mydata-table-cases = 您的案件
mydata-table-case-events = 案件經過
mydata-table-contributions = 案件往來內容
mydata-table-appeals = 對評分的申訴
mydata-table-audit = 操作紀錄
mydata-column-name = 姓名
mydata-column-username = 使用者名稱
mydata-column-phone = 電話
mydata-column-telegram-id = Telegram 帳號
mydata-column-language = 語言
mydata-column-zone = 時區
mydata-column-created-at = 開始時間
mydata-column-consent-at = 同意或撤回同意的時間
mydata-column-stopped-at = 停止接收評分邀請
mydata-column-role = 角色
mydata-column-department = 部門
mydata-column-granted-at = 開始時間
mydata-column-delivered-at = 送達時間
mydata-column-waybill = 託運單號
mydata-column-customer-name = 收件人
mydata-column-service = 服務
mydata-column-station = 站點
mydata-column-answered-at = 回答時間
mydata-column-question = 問題
mydata-column-score = 分數
mydata-column-words = 內容
mydata-column-number = 編號
mydata-column-state = 狀態
mydata-column-description = 發生了什麼
mydata-column-wanted = 您的訴求
mydata-column-contact = 聯絡方式
mydata-column-resolution = 我們的答覆
mydata-column-at = 時間
mydata-column-event = 事項
mydata-column-who = 誰
mydata-column-facts = 內容
mydata-column-files = 檔案
mydata-column-edits = 修改前的內容
mydata-column-reason = 理由
mydata-column-decision = 決定
mydata-column-what = 事項
mydata-column-before = 之前
mydata-column-after = 之後
