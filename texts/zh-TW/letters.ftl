### 承辦人與客戶透過案件往來的文字、內部備註、協辦部門的回報。

letter-ask-note = <b>{ $number }</b>：要備註什麼？僅內部可見。請回覆這則訊息，可附圖片。
letter-ask-report = <b>{ $number }</b>：要向主辦部門回報什麼？請回覆這則訊息，可附圖片。
letter-preview-letter = 給 <b>{ $number }</b> 的客戶，尚未傳送：
letter-preview-note = <b>{ $number }</b> 的備註，請確認內容：
letter-preview-report = <b>{ $number }</b> 的回報，請確認內容：
letter-files = { $count ->
   *[other] 附{ $count }個檔案。
  }
letter-send = 傳送
letter-only-owner = 只有承辦人（{ $owner }）、部門主管或品管部門可以傳送。您可以存為備註。
letter-no-owner = 還沒有人受理這個案件，暫時無法傳送。請先受理，或存為備註。
letter-report-or-note = 由主辦部門傳訊息給客戶。您可以向主辦部門回報，或存為備註。
letter-waits = 目前聯絡不到客戶。您傳送的內容會先保留，等客戶回來後送達。
letter-never = 無法在聊天中聯絡到這個案件的客戶。您可以存為備註。
letter-done-letter = <b>{ $number }</b>：正在傳送給客戶：
letter-done-note = <b>{ $number }</b>：已備註，僅內部可見。
letter-done-report = <b>{ $number }</b>：已向主辦部門回報：
letter-over = { $number } 已結案，不再傳送訊息給客戶。可用 /note 存為內部備註。
letter-forgotten = { $number }：一天內沒有確認，未傳送。
note-how = 請回覆案件卡片並傳送 /note 加備註內容，或傳送 /note 加案件編號和備註內容。
note-unknown = 沒有案件 { $number }。

said-customer = <b>{ $number }</b>：客戶來訊：
said-staff = <b>{ $number }</b>：負責部門來訊：
said-report = <b>{ $number }</b>：{ $who }回報：
edit-not-kept = 您對 { $number } 訊息的修改沒有保存，因為您在這裡不處理這件案件。原本的內容仍然有效。
said-edited = <i>（已編輯）</i>
said-edited-file = { $number }：檔案已更換 <i>（已編輯）</i>
passed-on = { $number }：已轉達負責部門。
kept-closed = { $number } 已結案，您補充的內容已儲存在案件中。如需重新處理，請在 /mycases 中開啟這個案件。
card-cooperating = 貴部門協辦這個案件：請用「回報」說明調查或處理情形，由主辦部門傳訊息給客戶。
history-customer = { $count ->
    [0] 來訊
   *[other] 來訊，附{ $count }個檔案
  }
history-staff = { $count ->
    [0] 傳訊給客戶
   *[other] 傳訊給客戶，附{ $count }個檔案
  }
history-note = { $count ->
    [0] 備註
   *[other] 備註，附{ $count }個檔案
  }
history-report = { $count ->
    [0] 回報
   *[other] 回報，附{ $count }個檔案
  }
menu-note = 為案件新增內部備註

### 群組或個人隱私設定不允許傳送的檔案。

forbidden-file = 📎 <b>{ $number }</b>：{ $from ->
    [staff] 處理部門
    [report] 協同部門
    [note] 同仁
   *[customer] 客戶
  }傳來{ $kind ->
    [photo] 一張照片
    [video] 一部影片
    [document] 一個檔案
    [voice] 一則語音訊息
    [audio] 一個音訊檔
    [note] 一則視訊訊息
   *[album] { $count }個檔案
  }。
evidence-infected = ⚠️ <b>{ $number }</b>：病毒掃描發現此案件的{ $kind ->
    [photo] 一張照片
    [video] 一部影片
    [voice] 一則語音訊息
    [audio] 一個音訊檔
    [note] 一則視訊訊息
   *[document] 一個檔案
  }有問題。請勿開啟；系統不會保存，也不會再轉傳。
forbidden-here = { $place ->
    [group] 本群組不允許傳送{ $kind ->
        [photo] 照片
        [picture] 照片
        [video] 影片
        [document] 檔案
        [voice] 語音訊息
        [audio] 音訊
        [note] 視訊訊息
       *[album] 這類檔案
      }，因此無法在這裡顯示。請到與我的私訊中查看。群組管理員可以在群組設定的「權限」中開放，或將我設為管理員。
   *[private] 您的 Telegram 設定不允許我傳送。請到「設定 → 隱私權與安全性 → 語音訊息」開放，再重新取得。
  }
forbidden-see = 私訊傳給我
forbidden-again = 重新傳送
