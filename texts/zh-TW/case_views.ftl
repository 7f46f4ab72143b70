### 查看案件：三部分的案件檔案、搜尋、清單、紙本檔案。

## 各階段填寫的內容

fact-department = 轉至
fact-reason = 原因
fact-person = 交接給
fact-measure = 改善措施
fact-due = 期限
fact-goal = 目標
fact-question = 問題
fact-root-cause = 根本原因
fact-action = 改善措施（客戶所見）
fact-compensation = 補償
fact-valid = 責任認定
fact-into = 併入
fact-received = 收到日期
fact-value = 價值
fact-feasibility = 可行性
fact-words = 內容
fact-satisfied = 客戶
fact-handler = 經辦人
regulator-fact-root-cause = 調查結果
regulator-fact-valid = 責任認定
regulator-fact-action = 與客戶達成的協議
regulator-fact-compensation = 賠償或道歉
regulator-fact-satisfied = 客戶
regulator-fact-handler = 經辦人
fact-reference = 申訴編號

## 檔案

dossier-title-complaint = 客訴檔案
dossier-title-suggestion = 建議檔案
dossier-title-inquiry = 詢問檔案
dossier-title-praise = 讚美檔案
dossier-complaint = 客訴內容
dossier-process = 處理過程
dossier-result = 處理結果
dossier-customer = 客戶
dossier-phone = 電話
dossier-contact = 聯絡方式
dossier-filed = 登記時間
dossier-category = 類別
dossier-severity = 嚴重程度
dossier-department = 主辦部門
dossier-cooperating = 協辦部門
dossier-waybill = 託運單號
dossier-courier = 配送員
dossier-linked = 延續案件
dossier-words = 客戶原話
dossier-edited = （已編輯）
dossier-before = { $at } 之前的內容
dossier-wanted = 訴求
dossier-files = 附件數
dossier-attached = 照片和檔案
dossier-file-name = 名稱
dossier-file-from = 來自
dossier-file-size = 大小
dossier-file-hash = SHA-256
dossier-file-kilobytes = { $kilobytes } KB
dossier-file-waiting = 尚未從 Telegram 取回
dossier-file-too-big = 太大，未保存
dossier-file-gone = 保存之前在 Telegram 上已不存在
dossier-file-infected = 發現病毒，未保存
dossier-file-erased = 已刪除
dossier-owner = 承辦人
dossier-said-customer = 補充
dossier-said-staff = 傳訊給客戶
dossier-said-note = 內部備註
dossier-said-report = 向主辦部門回報
dossier-nudge = 提醒：{ $stage }，期限已用{ $percent }%
dossier-clocks = 期限
dossier-clock-stage = 階段
dossier-clock-due = 期限
dossier-clock-ended = 完成
dossier-clock-kept = 是否如期
dossier-stage-accept = 受理
dossier-stage-plan = 擬定計畫
dossier-stage-rectify = 改善
dossier-stage-review = 審核
dossier-stage-answer = 答覆客戶
dossier-stage-regulator = 答覆主管機關
dossier-met = 如期
dossier-missed = 逾期
dossier-running = 進行中
dossier-overdue = 逾期未完成
dossier-handling = 處理滿意度
dossier-form = 客訴改善回報表
dossier-regulators-form = 主管機關申訴答覆表
dossier-handed-in = 送審
dossier-approved = 核准
dossier-signed-owner = 承辦人
dossier-signed-head = 部門主管
dossier-signed-quality = 品管部門
dossier-signed-handler = 經辦人
dossier-signed-company = 公司（用印）
dossier-sign-here = 簽名、日期
dossier-nothing-yet = 尚無內容。
dossier-masked = 截至 { $at }。個人資料已遮蔽。
dossier-unmasked = 截至 { $at }。內含個人資料，僅限這個案件的處理人員查閱。

## 訊息

look-head = <b>{ $number }</b> · { $state }
look-part = <b>{ $part }</b>
look-line = { $label }：{ $text }
look-entry = { $at } · { $who } · { $what }
look-fact = — { $label }：{ $text }
look-words = 「{ $text }」
look-form = <b>{ $title }</b>
look-clock = { $late ->
    [yes] ⚠️{" "}
   *[no] {""}
  }{ $stage }：期限 { $due }，{ $done ->
    [no] { $kept }
   *[yes] { $ended } 完成（{ $kept }）
  }
look-chosen = • { $part }
look-audit = 操作紀錄
look-files = 附件（{ $count }）
look-pdf = PDF
look-later = ▸
look-earlier = ◂
look-page = 第{ $page }頁，共{ $pages }頁
look-audit-line = { $at } · { $who } · { $what }
look-audit-new = — { $after }
look-audit-change = — { $before } → { $after }
look-no-audit = 只有經理和品管部門可以查看操作紀錄。
look-no-files = { $number } 沒有附件。
look-files-in-private = { $number } 的附件已私訊給您。
look-open-chat = 目前無法傳訊息給您。請開啟與 @{ $bot } 的私訊，按「開始」，再按這裡一次。
look-files-coming = { $count ->
   *[other] { $number } 的附件{ $count }個
  }
look-pdf-coming = 正在製作 { $number } 的案件檔案。
look-pdf-caption = { $title } { $number } · { $state }
look-unknown = 這裡沒有案件 { $number }。
look-how = 要查看哪一件案件？請傳送 /case 加案件編號，例如 /case C-261123-0042 或 /case 42；也可以回覆案件卡片並傳送 /case。

audit-case-file = 登記
audit-case-add = 客戶補充了內容
audit-case-edit = 修改了所寫內容
audit-case-letter = 傳訊給客戶
audit-case-note = 新增備註
audit-case-report = 向主辦部門回報
audit-case-reveal = 查看了客戶聯絡方式
audit-case-files = 取走了附件（私訊）
audit-case-document = 匯出了檔案（PDF）
audit-case-handling = 客戶對處理評分
audit-case-merged-from = 另一個案件併入這個案件
audit-case-joined = 同一託運單的再次客訴併入

## 清單

list-cases = <b>未結案件</b>：{ $count }件
list-mine = <b>您承辦的案件</b>：{ $count }件
list-open = <b>各部門未結案件</b>：{ $count }件
list-overdue = <b>各部門逾期案件</b>：{ $count }件
list-search = <b>搜尋結果</b>：「{ $words }」
list-department = <b>{ $department }</b>：{ $count }件
list-line = { $late ->
    [yes] ⚠️{" "}
   *[no] {""}
  }<b>{ $number }</b> · { $state } · { $owner } · { $due }
list-newer = ◂ 較新
list-older = 較早 ▸
list-before = ◂ 上一頁
list-more = 下一頁 ▸
list-nothing-overdue = 沒有逾期案件。
list-no-department = 沒有「{ $department }」這個部門。部門：{ $departments }
search-none = 找不到「{ $words }」。
search-how = 要找什麼？請傳送 /search 加案件編號、託運單號開頭、電話號碼或文字。
menu-case = 查看案件
menu-search = 搜尋案件
menu-open = 各部門未結案件
menu-overdue = 逾期案件

## 數字背後的案件，作為圖片說明。

case-in-short = <b>{ $number }</b> · { $state }
    { $department } · { $category } · { $waybill }
    登記 { $opened }，答覆期限 { $due }，承辦人 { $owner }

    { $words }
