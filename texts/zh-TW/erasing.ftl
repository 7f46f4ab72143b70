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
