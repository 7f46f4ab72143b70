### 时限：卡片上显示什么、提醒谁、早报说什么。

card-clock-accept = 受理期限：{ $due }
card-clock-plan = 计划期限：{ $due }
card-clock-rectify = 整改期限：{ $due }
card-clock-review = 审核期限：{ $due }

stage-accept = 受理
stage-plan = 制定整改计划
stage-rectify = 按计划完成整改
stage-review = 审核
stage-answer = 答复客户
stage-regulator = 答复监管部门

nudge-due = ⏰ <b>{ $number }</b> 须在 { $due } 前{ $stage }，时限已用{ $percent }%。
nudge-overdue = ⚠️ <b>{ $number }</b> 应在 { $due } 前{ $stage }，现已逾期。
nudge-from = 部门：{ $department }

digest-head = <b>早上好。</b>{ $late ->
    [0] 没有逾期工单
   *[other] 已逾期{ $late }个
  }，今天到期{ $today }个
digest-late = <b>已逾期</b>
digest-today = <b>今天到期</b>
digest-line = { $number } · { $stage } · { $due } · { $who }
digest-more = …… 另有{ $count }个：发送 /cases 查看

pinned-head = 📌 <b>未结工单</b>
pinned-none = 📌 <b>未结工单</b>：没有，辛苦了。
pinned-line = { $number } · { $state } · { $owner } · { $due }{ $late ->
    [yes] {" "}⚠️
   *[no] {""}
  }
pinned-more = …… 发送 /cases 查看全部

digest-calendar = 📅 日历只包含到 { $reach } 的节假日与调休安排。请系统管理员升级到新版本，或在 huifang.toml 的 [calendar.days] 中补充。

backup-last = ✅ 最近一次完好的备份：{ $at }
backup-none = 目前还没有完好的备份。
backup-writing = ⚠️ 自 { $since } 起无法写入备份。请告知系统管理员：原因见日志。
backup-upload = ⚠️ 备份已写好，但自 { $since } 起无法上传。请告知系统管理员：原因见日志。
