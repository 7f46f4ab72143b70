### /export：各項指標背後的明細，活頁簿或 CSV。

## 聊天

export-how = 請傳送 /export，也可以加上期間，例如2026年10月，或 2026-10-01 至 2026-10-31。/export csv 可匯出 CSV 檔。
export-only = 只有經理可以匯出（在私訊中，或在管理階層、品管部門的群組裡）；部門主管可以匯出自己部門的資料（在私訊中，或在該部門的群組裡）。
export-coming = 正在製作 { $first } 至 { $last } 的匯出檔{ $departments ->
    [none] {""}
   *[other] （{ $departments }）
  }，稍後傳送給您。
export-caption = 匯出 { $first } 至 { $last }{ $departments ->
    [none] {""}
   *[other] （{ $departments }）
  }。{ $form ->
    [csv] 每張表一個 CSV 檔，打包為壓縮檔。
   *[other] 包括指標、評分、案件、歷程、期限、配送。
  }{ $words ->
    [yes] 內含客戶原話，請勿外傳。
   *[no] 不含客戶原話。
  }
export-as-csv = 匯出 CSV
export-as-xlsx = 匯出活頁簿
export-too-big = { $first } 至 { $last } 的匯出檔有 { $size } MB，超過 Telegram 允許機器人傳送的 50 MB。請縮短期間，或在機器人所在的伺服器上執行：huifang export { $code } -o export.xlsx
export-too-many = { $first } 至 { $last } 的匯出資料超過一張工作表的列數上限。請縮短期間，或傳送 /export csv { $code }

help-export =
    /export 今天、本週、本月、2026年10月……：匯出各項指標背後的明細（活頁簿）；/export csv 匯出 CSV 檔
menu-export = 匯出全部明細

## 工作表

export-sheet-figures = 指標
export-sheet-responses = 評分
export-sheet-cases = 案件
export-sheet-process = 歷程
export-sheet-deadlines = 期限
export-sheet-deliveries = 配送

export-title = { $company }：{ $first } 至 { $last }
export-asof = 截至 { $at }，公司時間（{ $zone }）。部門：{ $departments }。
export-all = 全部
export-note = 「數值」「數量」和 n 由機器人統計；標示「即時」的各欄依其他工作表重新計算。n 不足10僅列數量；10–29僅供參考。區間為95%信賴區間。
export-note-priorities = 滿意度和平均分數依各優先等級的配送量加權，見指標下方的表。匿名問卷的回覆不會出現在任何明細列中。
export-note-empty = 這段期間沒有任何評分、案件、期限或配送。

export-figures-figure = 指標
export-figures-part = 數量
export-figures-n = n
export-column-came = 主動評分
export-column-responded = 受邀且已回答
export-column-invited = 已邀請
export-column-spoken = 客戶已表示意見
export-figure-requests-now = 未結建議與詢問
export-figure-silence = 未表示意見
export-figure-came = 主動評分人數
export-strata-worth = 權重² ÷ 評分數
export-figures-worth = 相當於份數
export-figures-value = 數值
export-figures-low = 95%下限
export-figures-high = 95%上限
export-figures-strength = 可信程度
export-figures-live-part = 數量（即時）
export-figures-live-n = n（即時）
export-figures-live-value = 數值（即時）
export-figures-check = 相符
export-figures-until = 數據增加至

export-strength-none = 尚無
export-strength-counts = 僅列數量
export-strength-indicative = 僅供參考
export-strength-solid = 可信

export-strata-priority = 優先等級
export-strata-deliveries = 配送量
export-strata-answers = 回覆數
export-strata-satisfied = 滿意
export-strata-score = 評分總和
export-strata-weight = 權重
export-strata-weighed-satisfied = 權重 × 滿意度
export-strata-weighed-score = 權重 × 平均分數
export-strata-none = 無

## 指標

export-figure-satisfaction = 滿意度（4分和5分，加權）
export-figure-mean = 平均分數（加權；數量為評分總和）
export-figure-index = 滿意度指數，滿分100（數量為得分）
export-figure-rating = { $rating }分
export-figure-dissatisfied = 不滿意率（1分和2分）
export-figure-dimension = { $about }：滿意度
export-figure-dimension-mean = { $about }：平均分數
export-figure-nps = 淨推薦值（數量為推薦者減批評者）
export-figure-recommend = 推薦率
export-figure-deliveries = 配送量
export-figure-response = 回覆率
export-figure-reach = 觸及率
export-figure-complaints = 每千筆配送客訴數
export-figure-valid = 每百萬筆配送有責客訴數
export-figure-opened = 新增客訴
export-figure-category = 新增客訴：{ $category }
export-figure-handling = 改善滿意度
export-figure-handling-said = 改善滿意度（僅計有表示意見的客戶）
export-figure-repeated = 重複客訴率
export-figure-reopened = 重啟率
export-figure-round-1 = 一次解決率
export-figure-round-2 = 兩次以內解決率
export-figure-round-3 = 三次以內解決率
export-figure-on-time = 及時率：{ $stage }
export-figure-as-promised = 依最初期限的及時率：{ $stage }
export-figure-replied-median = 首次回應中位數（工作小時）
export-figure-replied-p90 = 首次回應，九成在此以內（工作小時）
export-figure-resolved-median = 首次答覆中位數（小時）
export-figure-resolved-p90 = 首次答覆，九成在此以內（小時）
export-figure-finished-median = 最終答覆中位數（小時）
export-figure-finished-p90 = 最終答覆，九成在此以內（小時）
export-figure-open-now = 未結客訴
export-figure-overdue-now = 目前逾期

## 欄

export-column-source = 來源
export-column-waybill = 託運單號
export-column-delivered-at = 送達時間
export-column-asked-at = 邀請時間
export-column-answered-at = 回答時間
export-column-department = 部門
export-column-courier = 配送員
export-column-route = 路線
export-column-station = 營業所
export-column-service = 服務
export-column-priority = 優先等級
export-column-customer-type = 客戶類型
export-column-origin = 填答管道
export-column-survey = 問卷
export-column-overall = 整體
export-column-four-levels = { $about }（四級）
export-column-nps = 推薦意願0–10（{ $about }）
export-column-recommend = 願意推薦
export-column-reasons = 勾選的原因
export-column-comment = 客戶原話
export-column-on-behalf = 代填
export-column-excluded = 申訴成立後剔除
export-column-counts = 計入評分
export-column-number = 案件編號
export-column-kind = 類型
export-column-state = 狀態
export-column-category = 類別
export-column-reason = 原因
export-column-severity = 嚴重程度
export-column-cooperating = 協辦部門
export-column-owner = 承辦人
export-column-opened-at = 登記時間
export-column-counted-at = 歸屬日期
export-column-due-at = 答覆期限
export-column-closed-at = 結案時間
export-column-round = 輪次
export-column-valid = 公司有責
export-column-outcome = 客戶最後意見
export-column-handling = 處理評分
export-column-replied-hours = 首次回應（工作小時）
export-column-resolved-hours = 首次答覆（小時）
export-column-finished-hours = 最終答覆（小時）
export-column-solved-in = 解決輪次
export-column-settled = 已有定論
export-column-reopened = 重啟
export-column-repeated = 重複
export-column-appealed = 主管機關申訴
export-column-linked = 前一案件
export-column-merged-into = 併入
export-column-counts-opened = 本期新增客訴
export-column-counts-about = 與本期配送有關
export-column-description = 客戶描述
export-column-wanted = 客戶訴求
export-column-version = 步驟
export-column-at = 時間
export-column-event = 事件
export-column-actor = 操作人
export-column-facts = 內容
export-column-stage = 階段
export-column-started-at = 開始
export-column-promised-at = 最初期限
export-column-ended-at = 完成
export-column-kept = 如期
export-column-kept-as-promised = 依最初期限如期
export-column-counts-due = 已完成或已逾期
export-column-day = 日期
export-column-deliveries = 配送量
export-column-sampled = 抽中回訪
export-column-surveyed = 問卷已送達
export-column-answered = 已回答

export-outcome-none = 尚未答覆
export-outcome-answered = 已答覆，客戶尚未表示意見
export-outcome-satisfied = 已解決
export-outcome-dissatisfied = 未解決
export-outcome-silent = 未表示意見
export-outcome-withdrawn = 已撤回
export-outcome-merged = 已合併
