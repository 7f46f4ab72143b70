### 经理看的汇总：一段说明和一张图。只写文字；加粗和转义由程序完成。
### 数字已排好：$percent、$low、$high、$points、$rate、$mean、$index 是文字，其余是整数。

summary-title = 服务质量汇总
period-name = { $kind ->
    [year] { $year }年
    [quarter] { $year }年第{ $quarter }季度
    [month] { $year }年{ $month }月
    [week] 一周：{ $first } 至 { $last }
    [day] { $first }
   *[days] { $first } 至 { $last }
  }{ $running ->
    [named] （截至 { $last }）
    [yes] （截至目前）
   *[no] {""}
  }
summary-compared = { $how ->
    [first] 没有可比的上期：数据从 { $begins } 开始
    [none] 还没有齐全的日子，暂不比较
    [days] 只比较已齐全的日子与上期的同样日子
   *[whole] 对比 { $period }
  }
summary-explain-title = <b>这些数字统计什么，不能说明什么</b>
summary-term = <b>{ $term }</b>：{ $means }
summary-explain = 这些指标是什么？
summary-change-none = { $why ->
    [first] 没有上期
   *[growing] 数据还在增加：{ $until } 之前不下结论
  }
summary-days = { $days ->
    [1] { $first }
   *[other] { $first } – { $last }
  }
summary-requests = 另有{ $count }件建议和咨询未结
summary-silent-strata = 以下优先级没有评价：{ $priorities }
summary-left-out = { $mark } 未计入有配送但没有评价的优先级。
summary-origins = 受邀评价 { $asked }；主动评价 { $came }
figure-basis = { $weighted ->
    [yes] n = { $n }，加权，相当于{ $worth }份
   *[no] n = { $n }
  }
summary-cohort = { $cohort ->
    [filed] 新增投诉至 { $until }
    [answers] 评价至 { $until }
    [complaints] 投诉至 { $until }
    [valid] 有责投诉至 { $until }
    [reopened] 重开的投诉至 { $until }
   *[handling] 处理结果至 { $until }
  }
summary-growing = 数据还在增加：{ $cohorts }

summary-satisfaction = 满意率
summary-mean = 平均分
summary-ratings = 评分分布
summary-response = 应答率
summary-complaints = 投诉
summary-open = 未结投诉
summary-dimensions = 分项满意率
summary-departments = 各部门
summary-categories = 本期新增投诉，按类别（{ $n }件）

summary-dimension = { $name ->
    [timeliness] 运输时效
    [goods] 货物完好
    [attitude] 服务态度
    [environment] 环境
    [layout] 布局
    [facilities] 设施
    [operation] 操作
    [safety] 安全
    [product] 产品
    [service] 服务
    [price] 价格
    [image] 企业形象
   *[other] { $name }
  }
summary-band = { $band ->
    [satisfied] 满意
    [basically] 基本满意
   *[not] 不满意
  }

## 人数占比；不足 10 份只列份数，10–29 份仅供参考。

summary-share = { $strength ->
    [none] 暂无评价
    [counts] { $n }份中{ $part }份{ $weighted ->
      [yes] （太少，未加权）
     *[no] {""}
    }
    [indicative] { $percent }%（{ $basis }，仅供参考，95%区间 { $low }–{ $high }%）
   *[solid] { $percent }%（{ $basis }，95%区间 { $low }–{ $high }%）
  }
summary-share-short = { $strength ->
    [none] 暂无评价
    [counts] { $n }份中{ $part }份{ $weighted ->
      [yes] （太少，未加权）
     *[no] {""}
    }
    [indicative] { $percent }%（{ $basis }，仅供参考）
   *[solid] { $percent }%（{ $basis }）
  }
summary-ratings-value = 5分 { $five } · 4分 { $four } · 3分 { $three } · 2分 { $two } · 1分 { $one }（n = { $n }）
summary-reached = { $strength ->
    [none] 尚未邀请任何人
    [counts] 邀请{ $n }人，回答{ $part }人
    [indicative] { $percent }%（邀请{ $n }人，回答{ $part }人，仅供参考）
   *[solid] { $percent }%（邀请{ $n }人，回答{ $part }人）
  }

## 平均分、总分、指数；不足 10 份不显示。

summary-mean-value = { $mean }分（满分5），满意指数 { $index }（满分100）：{ $band }（{ $weighted ->
    [yes] 同样加权
   *[no] { $basis }
  }{ $strength ->
    [indicative] ，仅供参考
   *[solid] {""}
  }）

## 每千单投诉。

summary-complaints-value = { $strength ->
    [none] { $count }件（没有配送）
    [counts] 配送{ $n }单，投诉{ $count }件
    [indicative] { $count }件，每千单{ $rate }件（{ $low }–{ $high }；n = { $n }单配送，仅供参考）
   *[solid] { $count }件，每千单{ $rate }件（{ $low }–{ $high }；n = { $n }单配送）
  }
summary-complaints-short = { $strength ->
    [none] { $count }件（没有配送）
    [counts] { $n }单，{ $count }件
    [indicative] { $count }件，每千单{ $rate }件（n = { $n }，仅供参考）
   *[solid] { $count }件，每千单{ $rate }件（n = { $n }）
  }
summary-open-value = { $open }件，逾期{ $overdue }件
summary-cases = { $complaints ->
    [1] 投诉1件
   *[other] 投诉{ $complaints }件
  }，未结{ $open }件，逾期{ $overdue }件

## 与上期相比；只有区间不重叠才说升或降。

summary-change-share = { $days ->
    [none] 上期 { $before }
   *[other] 截至 { $days } 已齐全：{ $now }，上期 { $before }
  }：{ $verdict ->
    [up] 上升{ $points }个百分点
    [down] 下降{ $points }个百分点
    [unproven] 差异在误差范围内
   *[unknown] 数据太少，无法比较
  }
summary-change-rate = { $days ->
    [none] 上期 { $before }
   *[other] 截至 { $days } 已齐全：{ $now }，上期 { $before }
  }：{ $verdict ->
    [up] 投诉率上升
    [down] 投诉率下降
    [unproven] 差异在误差范围内
   *[unknown] 数据太少，无法比较
  }

summary-more = … 另有{ $count }项

summary-period-unknown = 看不懂时间段“{ $text }”。可以写：今天、昨天、本周、上周、本月、上月、本季、今年、2026年10月，或 2026-10-01 至 2026-10-31。
summary-period-reversed = 时间段的结束（{ $last }）早于开始（{ $first }）。
summary-period-future = { $first } 还没到，暂无可汇总的数据。

## 消息自带的按钮、分组，以及数字背后的工单。

summary-reach = 触达率
summary-by = { $chosen ->
    [yes] •{" "}
   *[no] {""}
  }{ $by ->
    [all] 总览
    [department] 部门
    [courier] 快递员
    [route] 线路
    [station] 网点
    [service] 服务
    [customer_type] 客户类型
    [category] 投诉类别
    [priority] 优先级
   *[hour] 时段
  }
summary-of-unit = { $by ->
    [department] 部门
    [courier] 快递员
    [route] 线路
    [station] 网点
    [service] 服务
    [customer_type] 客户类型
    [category] 投诉类别
    [priority] 优先级
   *[other] 时段
  }：{ $name }
summary-unit-none = 未注明
summary-unit-complaints = { $count ->
    [1] 投诉1件
   *[other] 投诉{ $count }件
  }
summary-part = { $strength ->
    [none] 0件
    [counts] { $n }件中{ $part }件
   *[other] { $part }件（占{ $n }件的{ $percent }%）
  }
summary-cases-behind = 工单（{ $count }）
summary-worse = ⚠ 与上期相比明显变差：快递员 { $name }，满意 { $now }%（n = { $n }），上期 { $before }%（n = { $earlier }）
summary-worse-cases = ⚠ 查看背后的工单
summary-cases-head = { $unit ->
    [all] 工单
   *[other] 工单：{ $unit }
  }（{ $count }件），第{ $page }页，共{ $pages }页
summary-case-line = { $number } · { $state } · { $opened }
keyboard-menu = { $menu ->
    [p] 时间
    [b] 分组
   *[other] 更多
  } ▾
summary-back = « 返回
summary-open-file = 打开工单
summary-export = 导出
summary-report = 报告
summary-by-unknown = 不能按“{ $said }”分组。可以写：部门、快递员、线路、网点、服务、客户类型、类别、优先级、时段。
summary-unit-gone = 这段时间没有这一项的数据。
summary-only-heads = 只有经理可以查看汇总数据；部门负责人可以查看本部门的。
summary-not-here = 汇总数据只在您的私聊、管理层群，或本部门的群里（仅该部门）显示。
