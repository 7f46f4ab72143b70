### 員工、品管部門和管理階層看到的文字。

card-head = <b>{ $what }</b>{ $urgency ->
    [no] {""}
   *[other] （{ $urgency }）
  } · <b>{ $number }</b> · { $state }
card-category = { $category } → { $department }
card-round = <b>第{ $round }輪改善</b>
card-waybill = 託運單：{ $text }
card-courier = 配送員：{ $text }
card-contact = 聯絡方式：{ $text }
card-appealed = <b>主管機關等待答覆</b>
card-due = 答覆期限：{ $due }
card-owner = 承辦人：<b>{ $owner }</b>
card-no-owner = 還沒有人受理
card-files = 附件{ $count }個
card-said = 「{ $text }」
card-nothing-said = （無文字）
card-wanted = 訴求：{ $text }
card-plan = 改善計畫：{ $text }
card-action = 改善措施：{ $text }
card-note = 最近備註：{ $text }

act-accept = 受理
act-transfer = 轉交
act-resolve = 處理完成
act-approve = 核准
act-return = 退回
act-history = 歷程
act-full-text = 全文

accepted = { $number } 現由您承辦。
taken = { $number } 已被{ $owner }搶先受理。
approved = { $number } 已核准並答覆客戶。
approved-first = { $number } 已核准，接著由品管部門複審。
case-not-now = { $number } 的狀態已有變動，現在不能這樣操作。卡片已更新。
case-not-yours = { $number } 目前不由您操作（承辦人：{ $owner }）。
case-own-approval = { $number } 是您本人處理的，須由他人審核：本部門其他主管或管理層。
case-missing = { $number }：還缺必填內容。
case-same-department = { $number } 已經在這個部門。
review-due = { $number } 已處理完成，等待審核。
returned =
    { $number } 已退回：
    { $reason }
transferred-here =
    { $number } 由{ $department }轉來：
    { $reason }
round-begins =
    { $number }：客戶表示尚未解決，進入第{ $round }輪改善。
    { $reason }
full-text-head = { $number } 的全部文字：
history-head = <b>{ $number } 的歷程</b>
history-line = { $at } · { $who } · { $what }
history-reason = — { $reason }
the-customer = 客戶
the-clock = 系統

event-file = 登記
event-accept = 受理
event-transfer = 轉交
event-hand-over = 交接
event-plan = 擬定計畫
event-ask-customer = 詢問客戶
event-customer-answers = 客戶回答
event-extend = 延期
event-resolve = 處理完成
event-approve = 核准
event-return = 退回
event-satisfied = 客戶確認已解決
event-not-satisfied = 客戶表示尚未解決
event-silent = 客戶未表示意見，結案
event-reopen = 客戶要求重新處理
event-withdraw = 撤回
event-merge = 合併
event-appeal = 向主管機關申訴

staff-cancelled = { $number }：已取消，沒有做任何變更。

resolution-root-cause = <b>{ $number }</b> 1/4：根本原因是什麼？請回覆這則訊息。
resolution-action = <b>{ $number }</b> 2/4：採取了什麼改善措施？客戶會看到您的原話。請回覆這則訊息。
resolution-compensation = <b>{ $number }</b> 3/4：給了客戶什麼補償？請回覆這則訊息，或按「略過」。
resolution-is-valid = <b>{ $number }</b> 4/4：公司是否有責？
resolution-valid = 公司有責
resolution-not-valid = 公司無責
resolution-preview = <b>{ $number }：請確認內容</b>
resolution-preview-root-cause = 根本原因：{ $text }
resolution-preview-action = 答覆客戶：{ $text }
resolution-preview-compensation = 補償：{ $text }
resolution-preview-valid = 公司有責。
resolution-preview-not-valid = 公司無責。
resolution-sent = { $number }：已送審。

transfer-where = <b>{ $number }</b>：要轉交給哪個部門？
reason-transfer = <b>{ $number }</b>：為什麼轉交？請回覆這則訊息。
reason-return = <b>{ $number }</b>：還缺什麼？承辦人會看到。請回覆這則訊息。
reason-preview-transfer = <b>{ $number }</b> 將轉交給{ $department }，原因：
reason-preview-return = <b>{ $number }</b> 將退回給承辦人，原因：
reason-preview-not-satisfied = { $number }：
reason-sent = { $number }：已完成。

cases-none = 沒有未結案件。
list-not-here = 案件清單只在您的私訊、品管部門或管理階層群組，或部門的群組裡（僅限該部門）顯示。
membership-over = 您已不在<b>{ $department }</b>的群組裡，不能再代表該部門操作。如果有誤，請找人把您加回群組。
membership-unsure = 我無法確認您是否還在{ $departments }的群組裡。請在群組裡按一下案件卡片的按鈕，或傳送 /cases，然後再試一次；如果我不在那個群組，請經理把我加進去。
not-staff = 這個指令供員工使用。經理可用 /grant 授予角色。

## 群組與角色

added-to-group =
    大家好。要把本群組綁定到部門，請經理在這裡傳送 /bind 加括號裡的代號：
    { $departments }
bind-in-group = 請在部門的群組裡傳送 /bind 加括號裡的代號：{ $departments }
bind-which = 要綁定哪個部門？請傳送 /bind 加括號裡的代號：{ $departments }
bound = 本群組現在屬於<b>{ $department }</b>。該部門的案件會出現在這裡，群組成員都能處理。要設部門主管，請回覆其訊息並傳送 /grant 部門主管。
bound-instead = 本群組現在屬於{ $department }，不再屬於{ $before }；{ $before }暫時沒有群組，需要經理在它的群組裡傳送 /bind。群組成員今後都是{ $department }的員工。
bound-elsewhere = 本群組不再屬於{ $department }：{ $who }已為該部門綁定了另一個群組。案件已轉到那裡，這裡卡片上的按鈕不再有效。
department-removed = 公司設定中已沒有{ $department }這個部門，本群組不會再收到新案件。如果有誤，請告知系統管理員；要把本群組綁定到其他部門，請經理在這裡傳送 /bind 加部門名稱。
group-lost = 我已無法在<b>{ $department }</b>的群組傳送訊息（{ $reason }）。恢復之前，該部門的案件會送到這裡，尚未送出的訊息保留待送。
only-managers = 只有經理可以這樣操作。
manager-welcome =
    您是第一位經理。
    1. 把我加入各部門的群組，並在群組裡傳送 /bind 加括號裡的代號：{ $departments }
    2. 用 /grant 授予角色，例如回覆某人的訊息：/grant 部門主管
    3. /summary 查看概況，/help 列出所有指令。
grant-how = 請註明角色：/grant 員工、部門主管、品管或經理，並回覆對方的訊息或附上 @使用者名稱。員工和部門主管還要註明部門（括號裡的代號）：{ $departments }
revoke-how = 請註明角色：/revoke 員工、部門主管、品管或經理，並回覆對方的訊息或附上 @使用者名稱。員工和部門主管還要註明部門（括號裡的代號）：{ $departments }
grant-whom = 我還不認識這個人。請回覆對方的訊息，或請對方先傳一則訊息給我，再用 @使用者名稱。
granted = { $name }現在是{ $role }。
granted-already = { $name }已經是{ $role }。
revoked = { $name }不再是{ $role }。
granted-member = { $name }現在是{ $role }，待在該部門群組期間有效。
revoked-member = { $name }不再是{ $role }，即使仍在群組裡。可用 /grant 恢復。
revoked-already = { $name }不是{ $role }。
last-manager = 這是最後一位經理，請先任命另一位。
roles-head = <b>角色</b>
roles-line = { $name }：{ $roles }
roles-groups = <b>群組</b>
roles-group-here = { $department }（{ $key }）：已綁定
roles-group-lost = { $department }（{ $key }）：我已不在群組裡，請重新把我加入
roles-group-none = { $department }（{ $key }）：尚未綁定，請在群組裡傳送 /bind { $key }
role-staff = 員工
role-head = 部門主管
role-quality = 品管
role-manager = 經理

period-today = { $chosen ->
    [yes] • 今天
   *[no] 今天
  }
period-week = { $chosen ->
    [yes] • 本週
   *[no] 本週
  }
period-month = { $chosen ->
    [yes] • 本月
   *[no] 本月
  }
period-quarter = { $chosen ->
    [yes] • 本季
   *[no] 本季
  }
period-year = { $chosen ->
    [yes] • 今年
   *[no] 今年
  }
period-earlier = ◂ 上一期

## 說明與選單

help-part = { $part ->
    [c] 客戶指令
    [s] 員工指令
   *[m] 管理指令
  }
help-customer =
    /rate 為配送評分
    /complain 提出客訴
    /mycases 查看我的案件
    /stop 不再接收評分邀請，/resume 恢復
    /language 更換語言，/timezone 設定時區
    /cancel 結束目前的提問
help-staff =
    在部門群組裡：用卡片上的按鈕處理案件；只有回覆我的提問，您寫的內容才算數。
    回覆案件卡片即可傳訊息給客戶，傳送前會先請您確認；/note 新增內部備註
    /cases 列出未結案件，/case 42 查看案件及其檔案，/search 依案件編號、託運單號、電話或文字搜尋
help-summary = /summary 今天、本週、上月、本季、今年、2026年10月，或 2026-10-01 至 2026-10-31
help-results = /results 查看問卷結果
help-open = /open 依部門列出未結案件，/overdue 列出逾期案件
help-roles =
    /bind 在群組裡傳送，把群組綁定到部門
    /grant 和 /revoke 授予和收回角色，/roles 列出角色
menu-rate = 為配送評分
menu-complain = 提出客訴
menu-mycases = 我的案件
menu-language = 更換語言
menu-cancel = 結束目前的提問
menu-help = 使用說明
menu-cases = 未結案件
menu-summary = 服務品質概況
menu-roles = 誰有哪些角色
menu-grant = 授予角色
menu-revoke = 收回角色
