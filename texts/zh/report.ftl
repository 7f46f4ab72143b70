### 报告 PDF（`/report`），以及周期结束后自动推送的内容。只写文字。
### 数字已排好：$value、$interval、$before、$by、$percent、$rate、$time 是文字，其余是整数。

menu-report = 某段时间的分析报告（PDF）
help-report = /report 本月、/report 2026年第3季度：这段时间的客户满意度报告（PDF，可供管理层审阅），后面可加部门
report-only-managers = /report 供经理使用，部门负责人可索取本部门的报告。如需投诉，请在私聊中使用 /complain。
report-one-department = 您负责多个部门（{ $departments }），请在时间段后面写明其中一个。
report-not-yours = 您只能索取本部门的报告：{ $departments }。
report-caption = { report-title }
    { $company }{ $scope ->
      [none] {""}
     *[other] {" · "}{ $scope }
    }
    { $first } 至 { $last }
report-file = 满意度报告 { $code }.pdf

report-title = 客户满意度调查分析报告
report-period-label = 时间段
report-scope-label = 范围
report-scope-whole = 全公司
report-scope-department = 部门：{ $name }
report-compared-label = 对比期
report-made-label = 生成时间
report-made = { $at }（公司所在时区）；数据以此刻为准
report-cover-label = 统计内容
report-cover = 配送{ $deliveries }单，邀请送达{ $surveyed }份，收到评价{ $answers }份，新增投诉{ $opened }件
report-contents = 目录
report-tile-note = { $interval ->
    [none] n = { $n }
   *[other] n = { $n }，{ $interval }
  }
report-footer = 本报告不含客户姓名、电话、运单号及客户原话

## 章节

report-section-figures = 关键指标
report-section-findings = 主要发现
report-section-method = 数据来源与方法
report-section-answers = 客户评价
report-section-units = 部门、快递员与线路
report-section-complaints = 投诉类别
report-section-handling = 投诉处理
report-section-trend = 趋势
report-section-worst = 重点案例
report-section-plans = 整改措施
report-section-terms = 指标释义

## 关键指标

report-group-asked = 客户评价与投诉
report-group-handled = 投诉处理
report-figure-satisfaction = 满意率
report-figure-response = 应答率
report-figure-reach = 触达率
report-figure-complaints = 每千单投诉
report-figure-valid = 每百万单有责投诉
report-figure-handling = 整改满意率
report-figure-first = 一次解决率
report-figure-second = 两次以内解决率
report-figure-third = 三次以内解决率
report-figure-repeat = 重复差评率
report-figure-reopen = 重开率
report-figure-mean = 平均分（满分5）
report-figure-index = 满意指数（满分100）
report-figure-nps = 净推荐值（NPS）
report-figure-recommend = 推荐率
report-head-figure = 指标
report-head-now = 本期
report-head-n = n
report-head-interval = 95%区间
report-head-before = 上期
report-head-change = 变化
report-value = { $strength ->
    [none] –
    [counts] { $part } / { $n }
    [indicative] { $value }*
   *[solid] { $value }
  }
report-change = { $verdict ->
    [better] 改善，{ $by }
    [worse] 变差，{ $by }
    [unproven] { $by }，未证实
   *[unknown] 数量太少
  }
report-others-note = 仅凭偶然，约{ $chance }的投诉也会重复。
report-method-silent = 以下优先级没有评价，数据不能代表它们：{ $priorities }。
report-method-came = 另有{ $count }人通过面单链接或 /rate 主动评价：其评分计入，但不计入应答率。
report-change-days = { $change }（至 { $last }）
report-change-none = { $why ->
    [first] 没有上期
   *[growing] 数据增加中，至 { $until }
  }
report-compared-first = 没有上期：数据从 { $begins } 开始
report-points = { $sign }{ $by }个百分点
report-figures-legend = 仅当两个95%区间互不重叠时才说改善或变差，其余变化可能只是偶然。n 的括号内：加权评价相当于多少份，或比率的件数。相当于不足10份只列份数；* 表示10–29份，仅供参考。数据仍在增加的指标，只按已齐全的日子判断。

## 主要发现

report-findings-worse = 较上期变差
report-findings-better = 较上期改善
report-findings-missed = 未达目标
report-findings-reached = 达到目标
report-findings-open-target = 目标：尚不能确定
report-findings-look = 值得关注
report-findings-unproven = 未证实的变化
report-findings-few = 数量太少，不作结论
report-findings-none = 本期没有突出的情况。
report-finding-moved = { $figure }{ $days ->
    [none] {""}
   *[other] （已齐全的日子，{ $days }）
  }：{ $now }（n = { $n }，{ $interval }），上期 { $before }（n = { $before-n }，{ $before-interval }）。
report-finding-aimed = { $figure }：{ $now }（n = { $n }，{ $interval }），目标 { $target }。{ $standing ->
    [missed] 整个区间低于目标。
    [under] 低于目标，但区间包含目标。
    [over] 达到目标，但区间下限低于目标。
   *[reached] 整个区间达到或高于目标。
  }{ $silent ->
    [none] {""}
   *[other] 只统计已表态的客户；未表态 { $silent }。
  }
report-finding-slipped = 期限：“{ $stage }”到期{ $n }项，按时 { $percent }（{ $interval }），为各环节最低；未按时{ $missed }项。
report-finding-apart = { $name }：满意率 { $now }（n = { $n }，{ $interval }），{ $side ->
    [below] 明显低于其余
   *[above] 明显高于其余
  }的 { $rest }（n = { $rest-n }，{ $rest-interval }）。
report-finding-vital = { $count ->
    [1] “{ $names }”一类
   *[other] { $names }，共{ $count }类，
  }占新增投诉{ $n }件的 { $percent }。
report-finding-waiting = 此刻有{ $open }件投诉待答复，其中逾期{ $overdue }件{ $requests ->
    [0] 。
   *[other] ；另有{ $requests }件建议和咨询待答复。
  }
report-finding-unproven = { $figure }{ $days ->
    [none] {""}
   *[other] （{ $days }）
  }：{ $now }（n = { $n }），上期 { $before }（n = { $before-n }）。
report-finding-few = { $figure }：{ $part } / { $n }。
report-and = { $one }、{ $more }
report-findings-note = 本报告只陈述统计结果，不判断原因：两件事同时发生，并不说明其中一件导致另一件。

## 数据来源

report-method-who = 调查对象为本期内完成的配送的收件人，送达后回访，每单每人一次，以最后一次回答为准。测试聊天、员工评价，以及申诉成立而剔除的评价，不计入。
report-method-sampling = 各优先级按固定规则抽取，任何人都无法挑选：{ $rates }；其余配送全部回访。
report-method-sampling-all = 所有配送都作了回访。
report-method-rate = { $priority } { $percent }%
report-method-weights = 各优先级抽取比例不同，因此各自的评价按其配送量加权：满意率与平均分均如此加权，区间为按有效样本量计算的威尔逊区间。
report-method-silence = 没有回答的不算满意。没有回答的客户是否另有看法，这些数字说明不了。
report-method-funnel = 从配送到回答
report-funnel-deliveries = 完成配送
report-funnel-sampled = 抽中回访
report-funnel-surveyed = 邀请送达
report-funnel-answered = 已回答
report-funnel-row = { $count }
report-funnel-of = { $count }（{ $percent }）
report-method-strata = 各优先级
report-head-priority = 优先级
report-head-deliveries = 配送量
report-head-share = 配送占比
report-head-answers = 评价数
report-no-priority = 未设
report-head-satisfaction = 满意率

## 客户评价

report-ratings = 总体评分分布
report-rating = { $rating ->
    [5] 5 – 非常满意
    [4] 4 – 满意
    [3] 3 – 一般
    [2] 2 – 不满意
   *[1] 1 – 非常不满意
  }
report-rating-row = { $part }（{ $percent }）
report-rating-count = { $part }
report-ratings-n = 评价数 n = { $n }，未加权
report-dimensions = 分项满意率
report-bar = { $strength ->
    [none] 暂无评价
    [counts] { $part } / { $n }{ $weighted ->
      [yes] （太少，未加权）
     *[no] {""}
    }
    [indicative] { $value }*（{ $basis }）
   *[solid] { $value }（{ $basis }）
  }
report-bars-note = 色条：满意（4分和5分）；黑线：95%区间。不足10份只列份数，不画色条；* 表示10–29份，仅供参考，色条较浅。
report-nothing = 本期没有数据

## 部门

report-departments = 各部门
report-departments-line = 点线：整体 { $value }
report-head-department = 部门
report-head-complaints = 投诉
report-head-opened = 新增投诉
report-head-open = 当前未结
report-head-overdue = 当前逾期
report-couriers = 值得关注的快递员
report-routes = 值得关注的线路
report-courier = 快递员 { $key }
report-route = 线路 { $key }
report-compared = { $compared ->
    [0] 没有评价达到10份、可供比较的对象。
   *[other] 评价不少于10份的{ $compared }个，逐一与其余全部合计比较：明显低于其余{ $below }个，明显高于其余{ $above }个。
  }
report-compared-how = 费希尔精确检验，按比较次数以霍尔姆法校正：即使都没有差异，二十份报告中至多有一份会误列。先了解，再判断。
report-none-apart = 没有与其余明显不同的。
report-more = …… 另有{ $count }项

## 投诉

report-pareto = 新增投诉，按类别
report-pareto-note = 统计本期新增的投诉，不论涉及哪次配送，每件计一次，不加权（n = { $n }）。色条：占其比例；折线：该类及其上各类的累计。全部计入，所以没有区间。
report-head-category = 类别
report-head-count = 新增
report-head-together = 累计

## 处理

report-stages = 各环节及时率
report-stage-bar = { $strength ->
    [none] 无到期
    [counts] { $part } / { $n }按时
    [indicative] { $value }*（n = { $n }）
   *[solid] { $value }（n = { $n }）
  }
report-settled-bar = { $strength ->
    [none] 无人表态
    [counts] { $part } / { $n }
    [indicative] { $value }*（n = { $n }）
   *[solid] { $value }（n = { $n }）
  }
report-stages-note = 统计本期内到期的期限；未办结且已逾期的计为未按时。若按最初承诺的期限、不计延期和等待：{ $promised }。
report-stage-promised = { $stage } { $value }
report-rounds = 按整改次数的解决率与目标
report-rounds-note = 点线：目标。统计本期新增、答复已满七天且客户已表态的投诉：这样的投诉{ $settled }件，其中{ $silent }件客户未表态{ $percent ->
    [none] 。
   *[other] （{ $percent }）。
  }
report-times = 用时
report-times-note = 统计本时段新增的投诉。{ $unanswered ->
    [0] 均已答复。
   *[other] 尚未答复{ $unanswered }件，不计入中位数{ $oldest ->
      [none] 。
     *[other] ；最久的已有 { $oldest }。
    }
  }
report-head-time = 自受理起至
report-head-median = 中位数
report-head-p90 = 九成不超过
report-time-replied = 首次响应（人工，工作时间）
report-time-resolved = 首次答复（扣除等待客户的时间）
report-time-finished = 最终答复（扣除等待客户的时间）
report-others = 整改满意、重复与重开

## 趋势

report-trend-dissatisfied = 不满意率（1分和2分），%
report-trend-complaints = 每千单主动投诉（不含由低分评价转来的）
report-trend-note = { $step ->
    [day] 每点为一天
    [week] 每点为一周，以周一日期标示
   *[month] 每点为一个月
  }。灰色为此前{ $base }个点的均值（{ $mean }）上下正常波动的范围。方点为异常信号：超出界限，或连续八点在均值同一侧。空心点：未判断，数据太少。
report-trend-short = { $step ->
    [day] 每点为一天
    [week] 每点为一周，以周一日期标示
   *[month] 每点为一个月
  }。
report-trend-cut = 最后一点只到 { $last }，该{ $step ->
    [week] 周
   *[month] 月
  }尚不完整，参考性较低。
report-trend-basis = 每点 n = { $alike ->
    [yes] { $most }
   *[no] { $least }至{ $most }
  } { $chart ->
    [p] 份评价，未加权
   *[u] 单
  }。{ $growing ->
    [0] {""}
   *[other] 最后{ $growing }个点的数据还在增加：最近{ $days }天配送的{ $chart ->
        [p] 评价
       *[u] 投诉
      }还没有到齐。
  }
report-trend-none = 这些时间段没有评价，也没有配送。

## 案例

report-worst-intro = 本期较严重、答复逾期、经多次整改或重开的投诉共{ $count }件{ $shown ->
    [all] 。
   *[some] ，以下列出最紧要的{ $listed }件。
  }
report-worst-none = 本期没有较严重、答复逾期、经多次整改或重开的投诉。
report-head-case = 编号
report-head-severity = 等级
report-head-took = 用时
report-head-rounds = 次数
report-head-what = 情况
report-took-open = 未结，{ $time }
report-what-late = 答复逾期
report-what-overdue = 逾期未答复
report-what-reopened = 曾重开
report-what-regulator = 监管申诉
report-what-dissatisfied = 客户不满意
report-plans-intro = 本期制定或到期的措施，为制定者原话，电话号码已隐去。按时{ $kept }项，逾期完成{ $late }项，逾期未完成{ $overdue }项，进行中{ $running }项。
report-plans-none = 本期没有制定或到期的整改措施。
report-head-measure = 措施与目标
report-head-due = 期限
report-head-kept = 完成
report-plan-kept = 按时
report-plan-late = 逾期完成
report-plan-overdue = 逾期未完成
report-plan-running = 进行中
report-plan-goal = 目标：{ $goal }

## 释义

report-term-satisfaction = 满意率
report-term-satisfaction-means = （4分 + 5分）÷ 全部评价，各优先级按配送占比加权。统计本期内完成的配送。没有回答的不算满意。
report-term-dissatisfaction-means = （1分 + 2分）÷ 全部评价，按公司时间的送达钟点；不加权。
report-term-dissatisfaction = 不满意率
report-term-opened-means = 本期新增的投诉，不论针对哪天的配送，因此件数不必等于针对本期配送的投诉。
report-term-opened = 投诉类别
report-term-growing-means = 本期还有评价、投诉和认定没有到齐，而来得快的往往更好。齐全之前不下结论；已齐全的日子与上期的同样日子相比。
report-term-growing = 数据还在增加
report-term-silence-means = 答复已满七天、客户始终没有说是否解决的投诉 ÷ 答复已满七天的全部投诉。
report-term-silence = 未表态率
report-term-weighted-means = 各优先级的抽取比例不同，所以每份评价代表其优先级平均每份评价对应的单数。这样的评价合起来的说服力小于份数：“相当于15份”就是与15份等权评价一样有说服力。
report-term-weighted = 加权、相当于
report-term-mean = 平均分、满意指数
report-term-mean-means = 平均分：评分之和 ÷ 评分数，同样加权。满意指数：平均分占满分的百分比；全为1分时是20。{ $satisfied }起为满意，{ $basically }起为基本满意。
report-term-response = 应答率
report-term-response-means = 已回答的邀请 ÷ 已送达聊天的邀请。主动评价的客户几乎都会回答，另行统计；电话回访也另行统计。
report-term-reach = 触达率
report-term-reach-means = 已送达的邀请 ÷ 抽中回访的配送。与我们没有聊天的、几天前刚回访过的，算抽中而未触达。
report-term-complaints = 每千单投诉
report-term-complaints-means = 针对本期内完成的配送的投诉 ÷ 这些配送 × 1000，不论是否有责。最近几天的投诉尚未到齐。
report-term-valid = 有责投诉
report-term-valid-means = 其中认定公司有责的，按每百万单计。尚未认定的不算有责。
report-term-ontime = 及时率
report-term-ontime-means = 按时完成 ÷ 本期内到期。未办结且已逾期的，既算到期，也算未按时。
report-term-handling = 整改满意率
report-term-handling-means = 客户表示已解决且之后没有再反映的 ÷ 已答复的投诉。没有表态的不算满意。
report-term-first = 一次解决率
report-term-first-means = 首次即解决且未重开 ÷ 答复已满七天且客户已表态的投诉。未表态的客户怎么想不得而知，其占比列在旁边。
report-term-repeat = 重复差评率
report-term-repeat-means = 前{ $days }天内同一快递员（不明则同一网点、同一部门）已有同类别投诉的 ÷ 新增投诉。
report-term-reopen = 重开率
report-term-reopen-means = 结案后又重开的投诉 ÷ 已答复的投诉。
report-term-times = 中位数、九成
report-term-times-means = 一半、九成的投诉用时不超过此值。平均数会掩盖少数拖延很久的。
report-term-interval = 95%区间
report-term-interval-means = 真实比例的大致范围，取决于样本多少（比例用威尔逊法，率用 Byar 法）。它只反映抽样的偶然，不反映谁愿意回答。
report-term-limits = 控制限
report-term-limits-means = 均值上下正常波动的范围，按每点的 n 计算；偶然越过一侧的机会是1/740。界限内不必追究，界限外值得追问。

## 定时推送

push-days-skipped = { $count ->
    [1] 更早的1天不再补发，可用 /summary { $first } 查看。
   *[other] 自 { $first } 起更早的{ $count }天不再补发，可用 /summary { $first }..{ $last } 查看。
  }
push-empty = { $period }：没有配送，也没有投诉。
