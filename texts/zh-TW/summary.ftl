### 經理看的彙總：一段說明和一張圖。只寫文字；粗體和跳脫由程式處理。
### 數字已排好：$percent、$low、$high、$points、$rate、$mean、$index 是文字，其餘是整數。

summary-title = 服務品質彙總
period-name = { $kind ->
    [year] { $year }年
    [quarter] { $year }年第{ $quarter }季
    [month] { $year }年{ $month }月
    [week] 一週：{ $first } 至 { $last }
    [day] { $first }
   *[days] { $first } 至 { $last }
  }{ $running ->
    [named] （截至 { $last }）
    [yes] （截至目前）
   *[no] {""}
  }
summary-compared = { $how ->
    [first] 沒有可比較的上期：數據自 { $begins } 開始
    [none] 還沒有齊全的日子，暫不比較
    [days] 只比較已齊全的日子與上期的同樣日子
   *[whole] 對比 { $period }
  }
summary-explain-title = <b>這些數字統計什麼，無法說明什麼</b>
summary-term = <b>{ $term }</b>：{ $means }
summary-explain = 這些指標是什麼？
summary-change-none = { $why ->
    [first] 沒有上期
   *[growing] 數據仍在增加：{ $until } 之前不下定論
  }
summary-days = { $days ->
    [1] { $first }
   *[other] { $first } – { $last }
  }
summary-requests = 另有{ $count }件建議與詢問未結
summary-silent-strata = 以下優先等級沒有評分：{ $priorities }
summary-left-out = { $mark } 未計入有配送但沒有評分的優先等級。
summary-origins = 受邀評分 { $asked }；主動評分 { $came }
figure-basis = { $weighted ->
    [yes] n = { $n }，加權後相當於{ $worth }份
   *[no] n = { $n }
  }
summary-cohort = { $cohort ->
    [filed] 新增客訴至 { $until }
    [answers] 評分至 { $until }
    [complaints] 客訴至 { $until }
    [valid] 有責客訴至 { $until }
    [reopened] 重啟的客訴至 { $until }
   *[handling] 處理結果至 { $until }
  }
summary-growing = 數據仍在增加：{ $cohorts }

summary-satisfaction = 滿意度
summary-mean = 平均分數
summary-ratings = 評分分布
summary-response = 回覆率
summary-complaints = 客訴
summary-open = 未結客訴
summary-dimensions = 分項滿意度
summary-departments = 各部門
summary-categories = 本期間新增客訴，按類別（{ $n }件）

summary-dimension = { $name ->
    [timeliness] 配送時效
    [goods] 貨物完好
    [attitude] 服務態度
    [environment] 環境
    [layout] 動線配置
    [facilities] 設施
    [operation] 作業
    [safety] 安全
    [product] 產品
    [service] 服務
    [price] 價格
    [image] 企業形象
   *[other] { $name }
  }
summary-band = { $band ->
    [satisfied] 滿意
    [basically] 大致滿意
   *[not] 不滿意
  }

## 人數占比；不足 10 份僅列份數，10–29 份僅供參考。

summary-share = { $strength ->
    [none] 尚無評分
    [counts] { $n }份中{ $part }份{ $weighted ->
      [yes] （太少，未加權）
     *[no] {""}
    }
    [indicative] { $percent }%（{ $basis }，僅供參考，95%信賴區間 { $low }–{ $high }%）
   *[solid] { $percent }%（{ $basis }，95%信賴區間 { $low }–{ $high }%）
  }
summary-share-short = { $strength ->
    [none] 尚無評分
    [counts] { $n }份中{ $part }份{ $weighted ->
      [yes] （太少，未加權）
     *[no] {""}
    }
    [indicative] { $percent }%（{ $basis }，僅供參考）
   *[solid] { $percent }%（{ $basis }）
  }
summary-ratings-value = 5分 { $five } · 4分 { $four } · 3分 { $three } · 2分 { $two } · 1分 { $one }（n = { $n }）
summary-reached = { $strength ->
    [none] 尚未邀請任何人
    [counts] 邀請{ $n }人，回答{ $part }人
    [indicative] { $percent }%（邀請{ $n }人，回答{ $part }人，僅供參考）
   *[solid] { $percent }%（邀請{ $n }人，回答{ $part }人）
  }

## 平均分數、總分、指數；不足 10 份不顯示。

summary-mean-value = { $mean }分（滿分5），滿意度指數 { $index }（滿分100）：{ $band }（{ $weighted ->
    [yes] 同樣加權
   *[no] { $basis }
  }{ $strength ->
    [indicative] ，僅供參考
   *[solid] {""}
  }）

## 每千筆配送客訴數。

summary-complaints-value = { $strength ->
    [none] { $count }件（沒有配送）
    [counts] 配送{ $n }筆，客訴{ $count }件
    [indicative] { $count }件，每千筆{ $rate }件（{ $low }–{ $high }；n = { $n }筆配送，僅供參考）
   *[solid] { $count }件，每千筆{ $rate }件（{ $low }–{ $high }；n = { $n }筆配送）
  }
summary-complaints-short = { $strength ->
    [none] { $count }件（沒有配送）
    [counts] { $n }筆，{ $count }件
    [indicative] { $count }件，每千筆{ $rate }件（n = { $n }，僅供參考）
   *[solid] { $count }件，每千筆{ $rate }件（n = { $n }）
  }
summary-open-value = { $open }件，逾期{ $overdue }件
summary-cases = { $complaints ->
    [1] 客訴1件
   *[other] 客訴{ $complaints }件
  }，未結{ $open }件，逾期{ $overdue }件

## 與上期相比；只有區間不重疊才說升或降。

summary-change-share = { $days ->
    [none] 上期 { $before }
   *[other] 截至 { $days } 已齊全：{ $now }，上期 { $before }
  }：{ $verdict ->
    [up] 上升{ $points }個百分點
    [down] 下降{ $points }個百分點
    [unproven] 差異在誤差範圍內
   *[unknown] 數據太少，無法比較
  }
summary-change-rate = { $days ->
    [none] 上期 { $before }
   *[other] 截至 { $days } 已齊全：{ $now }，上期 { $before }
  }：{ $verdict ->
    [up] 客訴率上升
    [down] 客訴率下降
    [unproven] 差異在誤差範圍內
   *[unknown] 數據太少，無法比較
  }

summary-more = … 另有{ $count }項

summary-period-unknown = 看不懂期間「{ $text }」。可以寫：今天、昨天、本週、上週、本月、上月、本季、今年、2026年10月，或 2026-10-01 至 2026-10-31。
summary-period-reversed = 期間的結束（{ $last }）早於開始（{ $first }）。
summary-period-future = { $first } 還沒到，目前沒有可彙總的數據。

## 訊息附帶的按鈕、分組，以及數字背後的案件。

summary-reach = 觸及率
summary-by = { $chosen ->
    [yes] •{" "}
   *[no] {""}
  }{ $by ->
    [all] 總覽
    [department] 部門
    [courier] 配送員
    [route] 路線
    [station] 營業所
    [service] 服務
    [customer_type] 客戶類型
    [category] 客訴類別
    [priority] 優先等級
   *[hour] 時段
  }
summary-of-unit = { $by ->
    [department] 部門
    [courier] 配送員
    [route] 路線
    [station] 營業所
    [service] 服務
    [customer_type] 客戶類型
    [category] 客訴類別
    [priority] 優先等級
   *[other] 時段
  }：{ $name }
summary-unit-none = 未註明
summary-unit-complaints = { $count ->
    [1] 客訴1件
   *[other] 客訴{ $count }件
  }
summary-part = { $strength ->
    [none] 0件
    [counts] { $n }件中{ $part }件
   *[other] { $part }件（占{ $n }件的{ $percent }%）
  }
summary-cases-behind = 案件（{ $count }）
summary-worse = ⚠ 與上期相比明顯變差：快遞員 { $name }，滿意 { $now }%（n = { $n }），上期 { $before }%（n = { $earlier }）
summary-worse-cases = ⚠ 查看背後的案件
summary-cases-head = { $unit ->
    [all] 案件
   *[other] 案件：{ $unit }
  }（{ $count }件），第{ $page }頁，共{ $pages }頁
summary-case-line = { $number } · { $state } · { $opened }
keyboard-menu = { $menu ->
    [p] 期間
    [b] 分組
   *[other] 更多
  } ▾
summary-back = « 返回
summary-open-file = 開啟案件
summary-export = 匯出
summary-report = 報告
summary-by-unknown = 無法按「{ $said }」分組。可以寫：部門、配送員、路線、營業所、服務、客戶類型、類別、優先等級、時段。
summary-unit-gone = 這段期間沒有這一項的數據。
summary-only-heads = 只有經理可以查看彙總數據；部門主管可以查看自己部門的數據。
summary-not-here = 彙總數據只在您的私訊、管理階層群組，或部門的群組裡（僅限該部門）顯示。
