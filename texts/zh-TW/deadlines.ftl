### 期限：卡片上顯示什麼、提醒誰、早上的通知說什麼。

card-clock-accept = 受理期限：{ $due }
card-clock-plan = 計畫期限：{ $due }
card-clock-rectify = 改善期限：{ $due }
card-clock-review = 審核期限：{ $due }

stage-accept = 受理
stage-plan = 擬定改善計畫
stage-rectify = 依計畫完成改善
stage-review = 審核
stage-answer = 答覆客戶
stage-regulator = 答覆主管機關

nudge-due = ⏰ <b>{ $number }</b> 須在 { $due } 前{ $stage }，期限已用{ $percent }%。
nudge-overdue = ⚠️ <b>{ $number }</b> 應在 { $due } 前{ $stage }，現已逾期。
nudge-from = 部門：{ $department }

digest-head = <b>早安。</b>{ $late ->
    [0] 沒有逾期案件
   *[other] 已逾期{ $late }件
  }，今天到期{ $today }件
digest-late = <b>已逾期</b>
digest-today = <b>今天到期</b>
digest-line = { $number } · { $stage } · { $due } · { $who }
digest-more = …… 另有{ $count }件：傳送 /cases 查看

pinned-head = 📌 <b>未結案件</b>
pinned-none = 📌 <b>未結案件</b>：沒有，辛苦了。
pinned-line = { $number } · { $state } · { $owner } · { $due }{ $late ->
    [yes] {" "}⚠️
   *[no] {""}
  }
pinned-more = …… 傳送 /cases 查看全部

digest-calendar = 📅 行事曆只收錄到 { $reach } 的國定假日與補班日。請系統管理員更新版本，或在 huifang.toml 的 [calendar.days] 中補上。

backup-last = ✅ 最近一次完好的備份：{ $at }
backup-none = 目前還沒有完好的備份。
backup-writing = ⚠️ 自 { $since } 起無法寫入備份。請通知系統管理員：原因請見記錄檔。
backup-upload = ⚠️ 備份已寫好，但自 { $since } 起無法上傳。請通知系統管理員：原因請見記錄檔。
