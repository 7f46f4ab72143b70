### 回訪總表，以及某筆配送的回訪情形。

only-oversight = 這個指令供經理和品管人員使用，請在私訊、品管群組或管理階層群組中傳送。

## 統計用語

fate-waiting = 待回訪
fate-sent = 已邀請，尚未回答
fate-opened = 客戶已開啟，尚未回答
fate-answered = 已在聊天中回答
fate-phoned = 已在電話中回答
fate-expired = 到期未回答
fate-sampled-out = 未抽中
fate-too-soon = 近期已回訪過
fate-unreachable = 無法在聊天中聯絡
fate-blocked = 已封鎖機器人
fate-stopped = 已關閉回訪
fate-too-late = 已過回訪期限
origin-sent = 主動邀請
origin-link = 掃碼或連結
origin-rate = 主動（/rate）
origin-campaign = 專案調查
origin-phone = 電話
invitation-open = 進行中或已回答
invitation-expired = 已到期
invitation-undelivered = 未送達
calls-state-listed = 待認領
calls-state-taken = 已認領
calls-state-answered = 已回答
calls-state-no-reply = 無人接聽
calls-state-refused = 拒絕回訪
calls-state-wrong-number = 號碼有誤
calls-state-overtaken = 期間已可在聊天中聯絡

## 總表

ledger-head = { $days ->
    [1] <b>回訪總表</b> · { $first }
   *[other] <b>回訪總表</b> · { $first } – { $last }
  }
ledger-deliveries = <b>配送：{ $count }筆</b>
ledger-place = · { $place }：{ $count }
ledger-sum = { $holds ->
    [yes] 合計 { $sum } = 配送{ $count }筆 ✓
   *[no] ⚠ 合計 { $sum } ≠ 配送{ $count }筆
  }
ledger-invitations = <b>邀請：{ $count }</b>
ledger-invited = · { $origin }，{ $state }：{ $count }
ledger-other = · 與託運單無關，{ $origin }：{ $count }
ledger-responses = <b>回答：{ $total }</b>（聊天 { $chat }，電話代填 { $phone }）
ledger-calls = <b>電話回訪：{ $count }</b>
ledger-priorities = <b>依優先等級</b>
ledger-no-priority = 未分級
ledger-priority = · { $priority }：配送{ $deliveries }筆，目標{ $percent }%即{ $target }筆；抽中{ $sampled }，已回訪{ $asked }，已回答{ $answered }，電話回答{ $phoned }；{ $shortfall ->
    [0] 已達標
   *[other] 還差{ $shortfall }筆
  }
ledger-shortfall = { $count ->
    [0] 抽樣目標：已達標
   *[other] 抽樣目標：還差{ $count }筆
  }
ledger-differs-asked = ⚠ 已回訪的配送{ $left }筆，送達的邀請卻有{ $right }份
ledger-differs-answered = ⚠ 已在聊天中回答的配送{ $left }筆，回答卻有{ $right }份
ledger-differs-phoned = ⚠ 已在電話中回答的配送{ $left }筆，回答卻有{ $right }份
ledger-short = <b>昨日配送{ $count }筆</b>
ledger-short-place = { $place } { $count }

## /why

why-how = 請傳送 /why 加託運單號，例如：/why SF1234567890
why-unknown = 沒有託運單號為 { $waybill } 的配送。請核對單號，或確認這筆配送是否已回報。
why-several = 有{ $count }個來源回報了這個託運單號：
why-head = <b>{ $waybill }</b>（{ $source }），{ $at } 送達
why-sampling = 優先等級：{ $priority }，依{ $percent }%抽樣回訪。
why-customer = 客戶：{ $who }
why-waiting = 尚未回訪：還沒到時間。
why-sent = 已於 { $at } 邀請客戶，尚未回答。
why-opened = 客戶已於 { $at } 開啟問卷（{ $how }），尚未回答。
why-answered = 已於 { $asked } 回訪客戶（{ $how }），客戶於 { $at } 回答，共{ $count }項。
why-phoned = 已以電話回訪，客戶於 { $at } 回答，共{ $count }項。
why-expired = 已於 { $asked } 回訪客戶，沒有得到回答，問卷於 { $at } 到期。
why-sampled-out = 未回訪：抽樣未抽中。客戶仍可透過連結評分。
why-too-soon = 未回訪：客戶已於 { $at } 接受過回訪，{ $days }天內最多一次。
why-unreachable = 未回訪：客戶與我們沒有聊天。
why-blocked = 未回訪：客戶已封鎖機器人。
why-stopped = 未回訪：客戶已於 { $at } 關閉回訪。
why-too-late = 未回訪：送達已超過{ $days }天。
why-origin-sent = 主動邀請
why-origin-link = 掃碼或連結
why-origin-rate = 主動（/rate）
why-origin-campaign = 專案調查
why-origin-phone = 電話
why-entered-by = 由{ $name }代填。
why-reminded = 已於 { $at } 提醒。
why-call-listed = { $attempts ->
    [0] 已列入電話回訪名單。
   *[other] 已列入電話回訪名單，已撥打{ $attempts }次。
  }
why-call-taken = { $name }正在電話回訪。
why-call-answered = 由{ $name }電話回訪。
why-call-no-reply = 已撥打{ $attempts }次，無人接聽（最近一次：{ $name }）。
why-call-refused = { $name }已致電：客戶不願接受回訪。
why-call-wrong-number = { $name }已致電：號碼有誤。
why-next-try = 接下來：{ $at } 起儘快回訪客戶。
why-next-reminder = 接下來：{ $at } 起在客戶方便的時段提醒一次。
why-next-expiry = 如未回答，{ $at } 到期。
why-next-unreachable = 接下來：客戶開啟連結或分享手機號碼後，即在聊天中回訪，至 { $at } 為止。
why-next-blocked = 接下來：客戶恢復聊天後即回訪，至 { $at } 為止。
why-next-call = 接下來：列入隔天早上的電話回訪名單。
why-next-no-number = 沒有可撥打的號碼。
why-next-listed = 保留在名單中，至 { $at } 為止。
why-next-nothing = 不會再有自動的後續動作。

help-ledger =
    /ledger 昨天、本週、本月……：配送的回訪情形與不足之處
    /why SF123 查看某筆配送的回訪情形
    /callbacks 在品管群組中查看電話回訪名單
menu-ledger = 回訪總表
menu-why = 某筆配送的回訪情形
