### /export：各项指标背后的明细，工作簿或 CSV。

## 聊天

export-how = 请发送 /export，也可以加上时间段，例如2026年10月，或 2026-10-01 至 2026-10-31。/export csv 导出 CSV 文件。
export-only = 只有经理可以导出（私聊，或在管理层、差评管理部门的群里）；部门负责人可以导出本部门的数据（私聊，或在本部门群里）。
export-coming = 正在生成 { $first } 至 { $last } 的导出{ $departments ->
    [none] {""}
   *[other] （{ $departments }）
  }，文件稍后发出。
export-caption = 导出 { $first } 至 { $last }{ $departments ->
    [none] {""}
   *[other] （{ $departments }）
  }。{ $form ->
    [csv] 每张表一个 CSV 文件，打包为压缩文件。
   *[other] 包括指标、评价、工单、过程、期限、配送。
  }{ $words ->
    [yes] 含客户原话，请勿外传。
   *[no] 不含客户原话。
  }
export-as-csv = 导出 CSV
export-as-xlsx = 导出工作簿
export-too-big = { $first } 至 { $last } 的导出有 { $size } MB，超过 Telegram 允许机器人发送的 50 MB。请缩短时间段，或在机器人所在的服务器上运行：huifang export { $code } -o export.xlsx
export-too-many = { $first } 至 { $last } 的导出超过一张工作表的行数上限。请缩短时间段，或发送 /export csv { $code }

help-export =
    /export 今天、本周、本月、2026年10月……：导出各项指标背后的明细（工作簿）；/export csv 导出 CSV 文件
menu-export = 导出全部明细

## 工作表

export-sheet-figures = 指标
export-sheet-responses = 评价
export-sheet-cases = 工单
export-sheet-process = 过程
export-sheet-deadlines = 期限
export-sheet-deliveries = 配送

export-title = { $company }：{ $first } 至 { $last }
export-asof = 截至 { $at }，公司时间（{ $zone }）。部门：{ $departments }。
export-all = 全部
export-note = “数值”“数量”和 n 由机器人统计；“实时”各列根据其他工作表重新计算。n 不足10只列数量；10–29仅供参考。区间为95%置信区间。
export-note-priorities = 满意率和平均分按各优先级的配送量加权，见指标下方的表。匿名答卷不在任何明细行中。
export-note-empty = 这段时间没有任何评价、工单、期限或配送。

export-figures-figure = 指标
export-figures-part = 数量
export-figures-n = n
export-column-came = 主动评价
export-column-responded = 受邀且已回答
export-column-invited = 已邀请
export-column-spoken = 客户已表态
export-figure-requests-now = 未结建议和咨询
export-figure-silence = 未表态率
export-figure-came = 主动评价人数
export-strata-worth = 权重² ÷ 评价数
export-figures-worth = 相当于份数
export-figures-value = 数值
export-figures-low = 95%下限
export-figures-high = 95%上限
export-figures-strength = 可信程度
export-figures-live-part = 数量（实时）
export-figures-live-n = n（实时）
export-figures-live-value = 数值（实时）
export-figures-check = 一致
export-figures-until = 数据增加至

export-strength-none = 暂无
export-strength-counts = 只列数量
export-strength-indicative = 仅供参考
export-strength-solid = 可信

export-strata-priority = 优先级
export-strata-deliveries = 配送量
export-strata-answers = 评价数
export-strata-satisfied = 满意
export-strata-score = 评分之和
export-strata-weight = 权重
export-strata-weighed-satisfied = 权重 × 满意率
export-strata-weighed-score = 权重 × 平均分
export-strata-none = 无

## 指标

export-figure-satisfaction = 满意率（4分和5分，加权）
export-figure-mean = 平均分（加权；数量为评分之和）
export-figure-index = 满意指数，满分100（数量为得分）
export-figure-rating = { $rating }分
export-figure-dissatisfied = 不满意率（1分和2分）
export-figure-dimension = { $about }：满意率
export-figure-dimension-mean = { $about }：平均分
export-figure-nps = 净推荐值（数量为推荐者减贬损者）
export-figure-recommend = 推荐率
export-figure-deliveries = 配送量
export-figure-response = 应答率
export-figure-reach = 触达率
export-figure-complaints = 每千单投诉
export-figure-valid = 每百万单有责投诉
export-figure-opened = 新增投诉
export-figure-category = 新增投诉：{ $category }
export-figure-handling = 整改满意率
export-figure-handling-said = 整改满意率（按表态客户）
export-figure-repeated = 重复差评率
export-figure-reopened = 重开率
export-figure-round-1 = 一次解决率
export-figure-round-2 = 两次以内解决率
export-figure-round-3 = 三次以内解决率
export-figure-on-time = 及时率：{ $stage }
export-figure-as-promised = 按最初期限的及时率：{ $stage }
export-figure-replied-median = 首次响应中位数（工作小时）
export-figure-replied-p90 = 首次响应九成以内（工作小时）
export-figure-resolved-median = 首次答复中位数（小时）
export-figure-resolved-p90 = 首次答复九成以内（小时）
export-figure-finished-median = 最终答复中位数（小时）
export-figure-finished-p90 = 最终答复九成以内（小时）
export-figure-open-now = 未结投诉
export-figure-overdue-now = 当前逾期

## 列

export-column-source = 来源
export-column-waybill = 运单号
export-column-delivered-at = 送达时间
export-column-asked-at = 邀请时间
export-column-answered-at = 回答时间
export-column-department = 部门
export-column-courier = 快递员
export-column-route = 线路
export-column-station = 网点
export-column-service = 服务
export-column-priority = 优先级
export-column-customer-type = 客户类型
export-column-origin = 来源方式
export-column-survey = 问卷
export-column-overall = 总体
export-column-four-levels = { $about }（四级）
export-column-nps = 推荐意愿0–10（{ $about }）
export-column-recommend = 愿意推荐
export-column-reasons = 勾选的原因
export-column-comment = 客户原话
export-column-on-behalf = 代填
export-column-excluded = 申诉后剔除
export-column-counts = 计入评分
export-column-number = 工单号
export-column-kind = 类型
export-column-state = 状态
export-column-category = 类别
export-column-reason = 原因
export-column-severity = 严重程度
export-column-cooperating = 协同部门
export-column-owner = 处理人
export-column-opened-at = 登记时间
export-column-counted-at = 归属日期
export-column-due-at = 答复期限
export-column-closed-at = 结案时间
export-column-round = 轮次
export-column-valid = 公司有责
export-column-outcome = 客户最后表态
export-column-handling = 处理评分
export-column-replied-hours = 首次响应（工作小时）
export-column-resolved-hours = 首次答复（小时）
export-column-finished-hours = 最终答复（小时）
export-column-solved-in = 解决轮次
export-column-settled = 已有定论
export-column-reopened = 重开
export-column-repeated = 重复
export-column-appealed = 监管申诉
export-column-linked = 前一工单
export-column-merged-into = 并入
export-column-counts-opened = 本期新增投诉
export-column-counts-about = 关于本期配送
export-column-description = 客户描述
export-column-wanted = 客户诉求
export-column-version = 步骤
export-column-at = 时间
export-column-event = 事件
export-column-actor = 操作人
export-column-facts = 内容
export-column-stage = 环节
export-column-started-at = 开始
export-column-promised-at = 最初期限
export-column-ended-at = 完成
export-column-kept = 按期
export-column-kept-as-promised = 按最初期限
export-column-counts-due = 已完成或已逾期
export-column-day = 日期
export-column-deliveries = 配送量
export-column-sampled = 抽中回访
export-column-surveyed = 问卷已送达
export-column-answered = 已回答

export-outcome-none = 尚未答复
export-outcome-answered = 已答复，未表态
export-outcome-satisfied = 已解决
export-outcome-dissatisfied = 未解决
export-outcome-silent = 未表态
export-outcome-withdrawn = 已撤回
export-outcome-merged = 已合并
