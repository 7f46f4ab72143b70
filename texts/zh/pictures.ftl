### 各种图。只写文字。百分比、平均分、比率、时长都已排好，是文字；其余是整数。
### 这些文字是画出来的：只用字体里有的字。

picture-share = { $strength ->
    [none] –
    [counts] { $part } / { $n }
    [indicative] ≈{ $percent }%
   *[solid] { $percent }%
  }
picture-share-note = { $strength ->
    [none] 暂无评价
    [counts] { $basis }，太少，不算百分比
    [indicative] { $basis }，仅供参考，{ $low }–{ $high }%
   *[solid] { $basis }，{ $low }–{ $high }%
  }
picture-n = 暂无
picture-whole = { $strength ->
    [none] –
    [counts] { $part } / { $n }
    [indicative] ≈{ $percent }%（{ $basis }，仅供参考，95%区间 { $low }–{ $high }%）
   *[solid] { $percent }%（{ $basis }，95%区间 { $low }–{ $high }%）
  }
picture-count = { $count }
picture-of = 共{ $n }单
picture-tick-percent = { $value }%
picture-more = … 另有{ $count }项
picture-none = 暂无
picture-duration = { $unit ->
    [minutes] { $value }分钟
    [hours] { $value }小时
   *[days] { $value }天
  }
picture-silence = 未表态率
picture-came = 另有{ $count }人主动评价
picture-rate = { $rate }
picture-working-duration = { $unit ->
    [minutes] { $value }分钟（工作时间）
    [hours] { $value }个工作小时
   *[days] { $value }个工作日
  }
picture-ratings-n = n = { $n }，未加权

## 主要数字。

picture-mean = 平均分（满分5）
picture-index = 满意指数 { $index }：{ $band }
picture-complaints = 每千单投诉
picture-complaints-note = { $strength ->
    [none] 没有配送
    [counts] 配送{ $n }单，太少，不算比率
    [indicative] 配送{ $n }单，投诉{ $count }件，仅供参考，{ $low }–{ $high }
   *[solid] 配送{ $n }单，投诉{ $count }件，{ $low }–{ $high }
  }
picture-valid = { $strength ->
    [none] 有责{ $count }件
    [counts] 有责{ $count }件
   *[other] 有责{ $count }件，每百万单{ $rate }件（{ $low }–{ $high }）
  }
picture-response-note = { $n ->
    [0] 尚未邀请任何人
   *[other] 邀请{ $n }人，回答{ $part }人
  }
picture-reach = { $strength ->
    [counts] 应邀请{ $n }单，送达{ $part }单
   *[other] 应邀请{ $n }单，送达 { $percent }%
  }
picture-overdue = 其中逾期{ $overdue }件
picture-unanswered = { $count }件尚未答复，最久 { $oldest }
picture-resolved = 答复用时
picture-spans = 中位数；九成不超过 { $most }，n = { $n }
picture-replied = 首次响应 { $median }；九成不超过 { $most }，n = { $n }

## 评分、分项、投诉的结果、各单位。

picture-rating-row = { $strength ->
    [none] { $part }
    [counts] { $part }
   *[other] { $part }（{ $percent }%）
  }
picture-dimensions = 分项满意率
picture-four-levels = 四级问卷
picture-recommend = 推荐率
picture-nps = 净推荐值
picture-nps-value = { $strength ->
    [counts] { $n }份中推荐 { $promoters }，贬损 { $detractors }
   *[other] { $score } ± { $margin }
  }
picture-stages = 各环节及时率（按到期数）
picture-stage = { $stage ->
    [accept] 受理
    [plan] 制定计划
    [rectify] 整改
    [review] 审核
    [answer] 答复客户
   *[regulator] 答复监管部门
  }
picture-results = 投诉处理结果
picture-first-time = 一次解决率（占已表态客户，目标{ $target }%）
picture-handling = 整改满意率（占全部已答复）
picture-reopened = 重开率
picture-repeated = 重复差评率{ $chance ->
    [none] {""}
   *[other] （偶然约 { $chance }%）
  }
picture-axis = 满意率与95%区间
picture-head = { $head ->
    [satisfied] 满意率
    [complaints] 投诉
    [deliveries] 配送
    [open] 未结
   *[overdue] 逾期
  }
picture-by = { $by ->
    [courier] 快递员
    [route] 线路
    [station] 网点
    [service] 服务
    [customer_type] 客户类型
    [category] 投诉类别
    [priority] 优先级
    [hour] 时段
   *[department] 部门
  }
picture-unit-none = 未注明
picture-method = 满意：评4分或5分。加权：各优先级按其单数；“相当于”指多少份等权评价有同样的说服力。细线和范围：95%威尔逊区间，比率用 Byar 法。指数{ $basically }起基本满意，{ $satisfied }起满意。相当于不足10份只列份数；10–29份仅供参考，标≈，用浅色。一次解决、未表态：答复已满七天的投诉。逾期未结的算不及时。三角：目标。未结：此刻的数目。

## 各单位相比。

picture-units-title = 各{ $by }满意率
picture-units-subtitle = 满意率低的在前；不足10份的在后，只列份数
picture-units-all = 全部合计 { $share }
picture-units-pale = ≈ n 为10–29，仅供参考
picture-units-n = { $weighted ->
    [yes] n = { $n }，相当于{ $worth }份
   *[no] n = { $n }
  }
picture-units-method = 满意：评4分或5分。加权：各优先级按其单数；“相当于”指多少份等权评价有同样的说服力。横线：95%威尔逊区间。其余：除其本身外的全部合计。明显：逐一与其余作费希尔精确检验，全部比较用霍尔姆法一并校正（合计5%）；加权的按有效份数计。投诉：关于本期配送。

## 投诉类别。

picture-pareto-title = 投诉类别分析
picture-pareto-n = 本期新增投诉：{ $n }
picture-rest = { $count ->
    [1] 其他1类
   *[other] 其他{ $count }类
  }
picture-cumulative = { $percent }%
picture-pareto-key = { $key ->
    [bar] 件数及占比
   *[line] 累计占比；虚线为80%
  }

picture-pareto-method = 统计本期新增的投诉，不论涉及哪次配送；每件计一次，不加权。全部计入，所以没有区间；下一期的数目会有偶然的出入。

## 星期与时段。

picture-heat-title = 各时段不满意率
picture-heat-all = 按送达时间，评1分和2分的占比；全部合计 { $share }
picture-weekday = { $day ->
    [1] 周一
    [2] 周二
    [3] 周三
    [4] 周四
    [5] 周五
    [6] 周六
   *[7] 周日
  }
picture-hour = { $hour }:00
picture-slot = { $part } / { $n }
picture-heat-key = 评1分和2分的占比
picture-class = { $place ->
    [first] 低于{ $high }%
    [last] { $low }%及以上
   *[other] { $low }%至{ $high }%
  }
picture-heat-few = n 不足10，只列份数
picture-heat-complaints = 投诉件数
picture-heat-method = 公司所在时区。≈：n 为10–29，仅供参考。不按优先级加权。一格数据不多：同为10%，n = 30 时95%区间为3–26%，n = 100 时为6–17%。空白：没有配送。

## 控制图。

picture-trend-title = 趋势
picture-trend-subtitle = 控制图，按{ $grain ->
    [day] 日
    [month] 月
   *[week] 周
  }
picture-span = { $first } 至 { $last }
picture-trend-chart = { $kind ->
    [p] 不满意率：评1分和2分的占比
   *[u] 每千单主动投诉
  }
picture-trend-basis = 中心线 { $centre }，取自{ $periods }{ $grain ->
    [day] 天
    [month] 个月
   *[week] 周
  }；每期 n = { $alike ->
    [yes] { $most }
   *[no] { $least }至{ $most }
  }
picture-per-thousand = 每千单 { $value }
picture-trend-label = { $grain ->
    [month] { $year }-{ $month }
   *[other] { $month }-{ $day }
  }
picture-trend-key = { $mark ->
    [above] 高于上限，变差
    [below] 低于下限，变好
    [run_above] 连续八期偏高，变差
    [growing] 数据还在增加
   *[run_below] 连续八期偏低，变好
  }
picture-trend-method = 占比未加权。色带：中心线（虚线）上下正常波动的范围，按每{ $grain ->
    [day] 日
    [month] 月
   *[week] 周
  }自己的 n 计算；偶然高于（或低于）色带的机会是1/740。点线左边：控制限的依据；右边：所判断的各期。空心：未判断，数据太少。数据还在增加：最近{ $answers }天配送的评价、最近{ $complaints }天配送的投诉还没有到齐。由低分评价转来的投诉不计入主动投诉。

## 冠军证书。

picture-certificate-honour = 荣誉证书
picture-certificate-title = 满意度冠军
picture-certificate-quarter = { $year }年第{ $quarter ->
    [1] 一
    [2] 二
    [3] 三
   *[4] 四
  }季度
picture-certificate-to = 授予
picture-certificate-share = { $strength ->
    [counts] { $n }份评价中{ $part }份满意
   *[other] 客户满意率 { $percent }%
  }
picture-certificate-basis = { $strength ->
    [counts] { $basis }
   *[other] { $basis }，95%区间 { $low }–{ $high }%
  }
picture-certificate-counted = 满意：评4分或5分。此日之后收到的评价不计在内。
picture-certificate-awarded = { $year }年{ $month }月{ $day }日
