### 報告 PDF（`/report`），以及期間結束後自動傳送的內容。只寫文字。
### 數字已排好：$value、$interval、$before、$by、$percent、$rate、$time 是文字，其餘是整數。

menu-report = 某段期間的分析報告（PDF）
help-report = /report 本月、/report 2026年第3季：這段期間的客戶滿意度報告（PDF，可供管理階層審閱），後面可加部門
report-only-managers = /report 供經理使用，部門主管可索取自己部門的報告。如要提出客訴，請在私訊中使用 /complain。
report-one-department = 您主管多個部門（{ $departments }），請在期間後面註明其中一個。
report-not-yours = 您只能索取自己部門的報告：{ $departments }。
report-caption = { report-title }
    { $company }{ $scope ->
      [none] {""}
     *[other] {" · "}{ $scope }
    }
    { $first } 至 { $last }
report-file = 滿意度報告 { $code }.pdf

report-title = 客戶滿意度調查分析報告
report-period-label = 期間
report-scope-label = 範圍
report-scope-whole = 全公司
report-scope-department = 部門：{ $name }
report-compared-label = 對照期間
report-made-label = 製作時間
report-made = { $at }（公司所在時區）；數據以此刻為準
report-cover-label = 統計內容
report-cover = 送達{ $deliveries }筆，邀請送達{ $surveyed }份，收到評分{ $answers }份，新增客訴{ $opened }件
report-contents = 目錄
report-tile-note = { $interval ->
    [none] n = { $n }
   *[other] n = { $n }，{ $interval }
  }
report-footer = 本報告不含客戶姓名、電話、託運單號及客戶原話

## 章節

report-section-figures = 關鍵指標
report-section-findings = 主要發現
report-section-method = 數據來源與方法
report-section-answers = 客戶評分
report-section-units = 部門、配送員與路線
report-section-complaints = 客訴類別
report-section-handling = 客訴處理
report-section-trend = 趨勢
report-section-worst = 重點案例
report-section-plans = 改善措施
report-section-terms = 指標說明

## 關鍵指標

report-group-asked = 客戶評分與客訴
report-group-handled = 客訴處理
report-figure-satisfaction = 滿意度
report-figure-response = 回覆率
report-figure-reach = 觸及率
report-figure-complaints = 每千筆配送客訴數
report-figure-valid = 每百萬筆配送有責客訴數
report-figure-handling = 改善滿意度
report-figure-first = 一次解決率
report-figure-second = 兩次內解決率
report-figure-third = 三次內解決率
report-figure-repeat = 重複客訴率
report-figure-reopen = 重啟率
report-figure-mean = 平均分數（滿分5）
report-figure-index = 滿意度指數（滿分100）
report-figure-nps = 淨推薦值（NPS）
report-figure-recommend = 推薦率
report-head-figure = 指標
report-head-now = 本期
report-head-n = n
report-head-interval = 95%信賴區間
report-head-before = 上期
report-head-change = 變化
report-value = { $strength ->
    [none] –
    [counts] { $part } / { $n }
    [indicative] { $value }*
   *[solid] { $value }
  }
report-change = { $verdict ->
    [better] 改善，{ $by }
    [worse] 變差，{ $by }
    [unproven] { $by }，未證實
   *[unknown] 數量太少
  }
report-others-note = 僅憑偶然，約{ $chance }的客訴也會重複。
report-method-silent = 以下優先等級沒有評分，數據不能代表它們：{ $priorities }。
report-method-came = 另有{ $count }人經由貨單連結或 /rate 主動評分：其評分計入，但不計入回覆率。
report-change-days = { $change }（至 { $last }）
report-change-none = { $why ->
    [first] 沒有上期
   *[growing] 數據增加中，至 { $until }
  }
report-compared-first = 沒有上期：數據自 { $begins } 開始
report-points = { $sign }{ $by }個百分點
report-figures-legend = 僅當兩個95%信賴區間互不重疊時才說改善或變差，其餘變化可能只是偶然。n 的括號內：加權評分相當於多少份，或比率的件數。相當於不足10份僅列份數；* 表示10–29份，僅供參考。數據仍在增加的指標，只依已齊全的日子判斷。

## 主要發現

report-findings-worse = 較上期變差
report-findings-better = 較上期改善
report-findings-missed = 未達目標
report-findings-reached = 達到目標
report-findings-open-target = 目標：尚無法確定
report-findings-look = 值得關注
report-findings-unproven = 未證實的變化
report-findings-few = 數量太少，不下結論
report-findings-none = 本期間沒有特別突出的情形。
report-finding-moved = { $figure }{ $days ->
    [none] {""}
   *[other] （已齊全的日子，{ $days }）
  }：{ $now }（n = { $n }，{ $interval }），上期 { $before }（n = { $before-n }，{ $before-interval }）。
report-finding-aimed = { $figure }：{ $now }（n = { $n }，{ $interval }），目標 { $target }。{ $standing ->
    [missed] 整個區間低於目標。
    [under] 低於目標，但區間包含目標。
    [over] 達到目標，但區間下限低於目標。
   *[reached] 整個區間達到或高於目標。
  }{ $silent ->
    [none] {""}
   *[other] 僅統計已表示意見的客戶；未表示 { $silent }。
  }
report-finding-slipped = 期限：「{ $stage }」到期{ $n }項，如期 { $percent }（{ $interval }），為各階段最低；未如期{ $missed }項。
report-finding-apart = { $name }：滿意度 { $now }（n = { $n }，{ $interval }），{ $side ->
    [below] 明顯低於其餘
   *[above] 明顯高於其餘
  }的 { $rest }（n = { $rest-n }，{ $rest-interval }）。
report-finding-vital = { $count ->
    [1] 「{ $names }」一類
   *[other] { $names }，共{ $count }類，
  }占新增客訴{ $n }件的 { $percent }。
report-finding-waiting = 此刻有{ $open }件客訴待答覆，其中逾期{ $overdue }件{ $requests ->
    [0] 。
   *[other] ；另有{ $requests }件建議與詢問待答覆。
  }
report-finding-unproven = { $figure }{ $days ->
    [none] {""}
   *[other] （{ $days }）
  }：{ $now }（n = { $n }），上期 { $before }（n = { $before-n }）。
report-finding-few = { $figure }：{ $part } / { $n }。
report-and = { $one }、{ $more }
report-findings-note = 本報告只陳述統計結果，不判斷原因：兩件事同時發生，不代表其中一件造成另一件。

## 數據來源

report-method-who = 調查對象為本期間內完成之配送的收件人，於送達後回訪，每筆配送每人一次，以最後一次回答為準。測試聊天、員工評分，以及因申訴成立而剔除的評分，均不計入。
report-method-sampling = 各優先等級依固定規則抽取，任何人都無法挑選：{ $rates }；其餘配送全部回訪。
report-method-sampling-all = 所有配送都做了回訪。
report-method-rate = { $priority } { $percent }%
report-method-weights = 各優先等級的抽取比例不同，因此各自的評分依其配送量加權：滿意度與平均分數都如此加權，區間為依有效樣本數計算的威爾森信賴區間。
report-method-silence = 沒有回答的不算滿意。沒有回答的客戶是否另有看法，這些數字無法說明。
report-method-funnel = 從配送到回答
report-funnel-deliveries = 完成配送
report-funnel-sampled = 抽中回訪
report-funnel-surveyed = 邀請送達
report-funnel-answered = 已回答
report-funnel-row = { $count }
report-funnel-of = { $count }（{ $percent }）
report-method-strata = 各優先等級
report-head-priority = 優先等級
report-head-deliveries = 配送量
report-head-share = 配送占比
report-head-answers = 評分數
report-no-priority = 未設定
report-head-satisfaction = 滿意度

## 客戶評分

report-ratings = 整體評分分布
report-rating = { $rating ->
    [5] 5 – 非常滿意
    [4] 4 – 滿意
    [3] 3 – 普通
    [2] 2 – 不滿意
   *[1] 1 – 非常不滿意
  }
report-rating-row = { $part }（{ $percent }）
report-rating-count = { $part }
report-ratings-n = 評分數 n = { $n }，未加權
report-dimensions = 分項滿意度
report-bar = { $strength ->
    [none] 尚無評分
    [counts] { $part } / { $n }{ $weighted ->
      [yes] （太少，未加權）
     *[no] {""}
    }
    [indicative] { $value }*（{ $basis }）
   *[solid] { $value }（{ $basis }）
  }
report-bars-note = 色條：滿意（4分和5分）；黑線：95%信賴區間。不足10份僅列份數，不畫色條；* 表示10–29份，僅供參考，色條較淺。
report-nothing = 本期間沒有數據

## 部門

report-departments = 各部門
report-departments-line = 點線：整體 { $value }
report-head-department = 部門
report-head-complaints = 客訴
report-head-opened = 新增客訴
report-head-open = 目前未結
report-head-overdue = 目前逾期
report-couriers = 值得關注的配送員
report-routes = 值得關注的路線
report-courier = 配送員 { $key }
report-route = 路線 { $key }
report-compared = { $compared ->
    [0] 沒有評分數達到10份、可供比較的對象。
   *[other] 評分達10份以上的{ $compared }個，逐一與其餘全部合計比較：明顯低於其餘{ $below }個，明顯高於其餘{ $above }個。
  }
report-compared-how = 費雪精確檢定，依比較次數以霍姆法校正：就算都沒有差異，二十份報告中頂多有一份會誤列。請先了解，再下判斷。
report-none-apart = 沒有與其餘明顯不同的。
report-more = …… 另有{ $count }項

## 客訴

report-pareto = 新增客訴，依類別
report-pareto-note = 統計本期間新增的客訴，不論針對哪一次配送，每件計一次，不加權（n = { $n }）。色條：占其比例；折線：該類及其上各類的累計。全部計入，所以沒有信賴區間。
report-head-category = 類別
report-head-count = 新增
report-head-together = 累計

## 處理

report-stages = 各階段及時率
report-stage-bar = { $strength ->
    [none] 無到期
    [counts] { $part } / { $n }如期
    [indicative] { $value }*（n = { $n }）
   *[solid] { $value }（n = { $n }）
  }
report-settled-bar = { $strength ->
    [none] 無人表示意見
    [counts] { $part } / { $n }
    [indicative] { $value }*（n = { $n }）
   *[solid] { $value }（n = { $n }）
  }
report-stages-note = 統計本期間內到期的期限；未完成且已逾期的計為未如期。若依最初承諾的期限、不計展延和等待：{ $promised }。
report-stage-promised = { $stage } { $value }
report-rounds = 依改善次數的解決率與目標
report-rounds-note = 點線：目標。統計本期間新增、答覆已滿七天且客戶已表示意見的客訴：這樣的客訴{ $settled }件，其中{ $silent }件客戶未表示意見{ $percent ->
    [none] 。
   *[other] （{ $percent }）。
  }
report-times = 所需時間
report-times-note = 統計本期間新增的客訴。{ $unanswered ->
    [0] 均已答覆。
   *[other] 尚未答覆{ $unanswered }件，不計入中位數{ $oldest ->
      [none] 。
     *[other] ；最久的已有 { $oldest }。
    }
  }
report-head-time = 自收到客訴起至
report-head-median = 中位數
report-head-p90 = 九成不超過
report-time-replied = 首次回應（專人，上班時間）
report-time-resolved = 首次答覆（扣除等待客戶的時間）
report-time-finished = 最終答覆（扣除等待客戶的時間）
report-others = 改善滿意度、重複與重啟

## 趨勢

report-trend-dissatisfied = 不滿意率（1分和2分），%
report-trend-complaints = 每千筆配送主動客訴數（不含由低分評價轉來的）
report-trend-note = { $step ->
    [day] 每點為一天
    [week] 每點為一週，以週一日期標示
   *[month] 每點為一個月
  }。灰色為先前{ $base }個點的平均值（{ $mean }）上下正常波動的範圍。方點為異常訊號：超出界限，或連續八點在平均值同一側。空心點：未判斷，資料太少。
report-trend-short = { $step ->
    [day] 每點為一天
    [week] 每點為一週，以週一日期標示
   *[month] 每點為一個月
  }。
report-trend-cut = 最後一點只到 { $last }，該{ $step ->
    [week] 週
   *[month] 月
  }尚不完整，參考性較低。
report-trend-basis = 每點 n = { $alike ->
    [yes] { $most }
   *[no] { $least }至{ $most }
  } { $chart ->
    [p] 份評分，未加權
   *[u] 筆
  }。{ $growing ->
    [0] {""}
   *[other] 最後{ $growing }個點的數據仍在增加：最近{ $days }天配送的{ $chart ->
        [p] 評分
       *[u] 客訴
      }還沒有到齊。
  }
report-trend-none = 這些期間沒有評分，也沒有配送。

## 案例

report-worst-intro = 本期間內較嚴重、逾期答覆、經多次改善或重啟的客訴共{ $count }件{ $shown ->
    [all] 。
   *[some] ，以下列出最緊要的{ $listed }件。
  }
report-worst-none = 本期間沒有較嚴重、逾期答覆、經多次改善或重啟的客訴。
report-head-case = 編號
report-head-severity = 等級
report-head-took = 所需時間
report-head-rounds = 次數
report-head-what = 情形
report-took-open = 未結，{ $time }
report-what-late = 逾期答覆
report-what-overdue = 逾期未答覆
report-what-reopened = 曾重啟
report-what-regulator = 主管機關申訴
report-what-dissatisfied = 客戶不滿意
report-plans-intro = 本期間擬定或到期的措施，為擬定者原話，電話號碼已遮蔽。如期{ $kept }項，逾期完成{ $late }項，逾期未完成{ $overdue }項，進行中{ $running }項。
report-plans-none = 本期間沒有擬定或到期的改善措施。
report-head-measure = 措施與目標
report-head-due = 期限
report-head-kept = 完成情形
report-plan-kept = 如期
report-plan-late = 逾期完成
report-plan-overdue = 逾期未完成
report-plan-running = 進行中
report-plan-goal = 目標：{ $goal }

## 說明

report-term-satisfaction = 滿意度
report-term-satisfaction-means = （4分 + 5分）÷ 全部評分，各優先等級依配送占比加權。統計本期間內完成的配送。未回答不算滿意。
report-term-dissatisfaction-means = （1分 + 2分）÷ 全部評分，依公司時間的送達鐘點；不加權。
report-term-dissatisfaction = 不滿意率
report-term-opened-means = 本期間新增的客訴，不論針對哪天的配送，因此件數不必等於針對本期間配送的客訴。
report-term-opened = 客訴類別
report-term-growing-means = 本期間還有評分、客訴與認定沒有到齊，而來得快的往往比較好。齊全之前不下定論；已齊全的日子與上期的同樣日子相比。
report-term-growing = 數據仍在增加
report-term-silence-means = 答覆已滿七天、客戶始終沒有說是否解決的客訴 ÷ 答覆已滿七天的全部客訴。
report-term-silence = 未表示意見
report-term-weighted-means = 各優先等級的抽樣比例不同，所以每份評分代表其優先等級平均每份評分對應的配送筆數。這樣的評分合起來的說服力小於份數：「相當於15份」就是與15份等權評分一樣有說服力。
report-term-weighted = 加權、相當於
report-term-mean = 平均分數、滿意度指數
report-term-mean-means = 平均分數：評分總和 ÷ 評分數，同樣加權。滿意度指數：平均分數占滿分的百分比；全為1分時是20。{ $satisfied }起為滿意，{ $basically }起為大致滿意。
report-term-response = 回覆率
report-term-response-means = 已回答的邀請 ÷ 已送達聊天的邀請。主動評分的客戶幾乎都會回答，另行統計；電話訪問也另行統計。
report-term-reach = 觸及率
report-term-reach-means = 已送達的邀請 ÷ 抽中回訪的配送。與我們沒有聊天的、幾天前才回訪過的，算抽中而未觸及。
report-term-complaints = 每千筆配送客訴數
report-term-complaints-means = 針對本期間內完成之配送的客訴 ÷ 這些配送 × 1000，不論是否有責。最近幾天的客訴尚未到齊。
report-term-valid = 有責客訴
report-term-valid-means = 其中認定公司有責的，以每百萬筆配送計。尚未認定的不算有責。
report-term-ontime = 及時率
report-term-ontime-means = 如期完成 ÷ 本期間內到期。未完成且已逾期的，既算到期，也算未如期。
report-term-handling = 改善滿意度
report-term-handling-means = 客戶表示已解決且之後未再反映的 ÷ 已答覆的客訴。沒有表示意見的不算滿意。
report-term-first = 一次解決率
report-term-first-means = 第一次即解決且未重啟 ÷ 答覆已滿七天且客戶已表示意見的客訴。未表示意見的客戶怎麼想不得而知，其占比列在旁邊。
report-term-repeat = 重複客訴率
report-term-repeat-means = 前{ $days }天內同一配送員（不明則同一營業所、同一部門）已有同類別客訴的 ÷ 新增客訴。
report-term-reopen = 重啟率
report-term-reopen-means = 結案後又重啟的客訴 ÷ 已答覆的客訴。
report-term-times = 中位數、九成
report-term-times-means = 一半、九成的客訴所需時間不超過此值。平均數會掩蓋少數拖延很久的案件。
report-term-interval = 95%信賴區間
report-term-interval-means = 真實比例的大致範圍，取決於樣本多寡（比例用威爾森法，發生率用 Byar 法）。它只反映抽樣的偶然，不反映誰願意回答。
report-term-limits = 管制界限
report-term-limits-means = 平均值上下正常波動的範圍，依每點的 n 計算；碰巧越過一側的機會是1/740。界限內不必追究，界限外值得追問。

## 定時傳送

push-days-skipped = { $count ->
    [1] 更早的1天不再補傳，可用 /summary { $first } 查看。
   *[other] 自 { $first } 起更早的{ $count }天不再補傳，可用 /summary { $first }..{ $last } 查看。
  }
push-empty = { $period }：沒有配送，也沒有客訴。
