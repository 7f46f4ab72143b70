### 公平：本人收到的评价、对评价的申诉、每周评价核查。

## 本人收到的评价

myratings-head = <b>您收到的评价</b>（近12个月，快递员 { $couriers }）
myratings-head-handling = <b>客户对您处理工单的评价</b>
myratings-head-appeal = <b>可以申诉的评价</b>：最近{ $days }天内的评价
myratings-nobody = 目前没有针对您的评价。快递员可查看自己配送的评价，员工可查看客户对其处理工单的评价。如需关联身份，请经理使用 /grant。
myratings-none = 还没有评价。
myratings-none-handling = 还没有客户评价您处理的工单。
myratings-none-appeal = 目前没有可以申诉的评价。每条评价可在{ $days }天内申诉一次。
myratings-no-courier = 申诉适用于快递员，针对其配送收到的评价。您没有这类评价。
myratings-mean = 平均{ $mean }分，满分5分（n = { $n }{ $strength ->
    [indicative] ，仅供参考
   *[solid] {""}
  }）
myratings-too-few = n = { $n }：数量太少，不计平均分
myratings-line = <b>{ $place }.</b> { $day } · { $scores }
myratings-score = { $dimension } { $score }/5
myratings-dimension = { $name ->
    [overall] 总体
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
myratings-ticked = — { $reasons }
myratings-on-behalf = — 由员工代填
myratings-appealed = — { $state ->
    [open] 申诉正在审核
    [upheld] 申诉成立，该评价不计入统计
   *[rejected] 申诉未通过，该评价照常计入
  }
myratings-handling-line = <b>{ $number }</b> · { $day } · { $score }/5
myratings-appeal = 申诉 { $place }
myratings-deliveries = 配送评价
myratings-handling = 工单处理评价
myratings-chosen = • { $part }
menu-myratings = 我收到的评价
menu-appeal = 对评价提出申诉
menu-checks = 评价核查
help-rated =
    /myratings 查看您收到的评价（不显示评价人）
    /appeal 认为评价不公时，请差评管理部门复核
help-checks = /checks 查看最近七天评价中值得留意的情况

## 申诉

appeal-of = { $day }评价的申诉
reason-rating-appeal = <b>{ $number }</b>：为什么认为这条评价不公？您的说明由差评管理部门查看，客户看不到。请用一条消息写清楚。
reason-preview-rating-appeal = <b>{ $number }</b>。差评管理部门将看到：
appeal-filed = 您的申诉已提交差评管理部门，将由与此事无关的同事裁定，结果和理由会在这里告诉您。
appeal-already = 这条评价已有申诉。每条评价只能申诉一次。
appeal-too-late = 已超过期限：评价须在{ $days }天内申诉。
appeal-not-yours = 这不是针对您的评价。

## 差评管理部群里的卡片

appeal-head = <b>评价申诉</b> · { $state ->
    [open] 待裁定
    [upheld] 成立
   *[rejected] 未通过
  }
appeal-rating = { $day }的评价：{ $scores }
appeal-ticked = 勾选原因：{ $text }
appeal-on-behalf = 由员工代填
appeal-courier = 快递员：{ $text }
appeal-department = 部门：{ $text }
appeal-waybill = 运单：{ $text }
appeal-customer = 客户：{ $text }
appeal-cases = 相关工单：{ $text }
appeal-by = { $name }的申诉：
appeal-words = “{ $text }”
appeal-changed = 申诉提出后，客户修改了评价。
appeal-decided = { $name }于 { $at } 裁定：
appeal-uphold = 申诉成立
appeal-reject = 驳回申诉
reason-uphold = <b>{ $number }</b>：申诉为什么成立？快递员会看到您的原话。请回复这条消息。
reason-reject = <b>{ $number }</b>：为什么驳回申诉？快递员会看到您的原话。请回复这条消息。
reason-preview-uphold = <b>{ $number }：成立。</b>该评价将退出所有统计，但保留在日志中。快递员将看到：
reason-preview-reject = <b>{ $number }：驳回。</b>该评价照常有效。快递员将看到：
appeal-only-quality = 申诉由差评管理部门裁定。
appeal-involved = 这条评价与您本人有关，请由差评管理部门的其他同事裁定。感谢您回避。
appeal-late = { $name }已裁定这条申诉，没有做任何更改。
appeal-gone = 没有找到这条申诉。

## 裁定结果

appeal-upheld-appellant =
    <b>您对{ $day }评价的申诉成立。</b>该评价不再计入统计。

    理由：{ $reason }
appeal-rejected-appellant =
    <b>您对{ $day }评价的申诉未通过。</b>该评价照常计入统计。

    理由：{ $reason }
appeal-upheld-customer =
    您{ $day }的评价{ $known ->
        [no] {""}
       *[yes] （运单 { $waybill }）
      }经过复核，我们不把它计入统计。例如，问题并非由被评价的人造成时，就会这样处理。

    其他一切照旧：您的评价仍有记录，您的工单照常处理。您随时可以用 /complain 投诉。

## 评价核查

checks-head = <b>评价核查</b>，{ $first } 至 { $last }
checks-note = 以下仅提示值得查看之处，并非结论；每一项都可能有正当原因。
checks-nothing = <b>评价核查</b>，{ $first } 至 { $last }：没有异常。
checks-only-quality = 评价核查只供差评管理部门和经理在其群里或私聊中查看。
checks-quick = <b>短时间内连续评价</b>：{ $seconds }秒内{ $n }份，{ $who ->
    [colleague] 由同一位同事代填
   *[customer] 来自同一位客户
  }。请查看：{ $days }，{ $couriers }。
checks-burst = <b>五分集中出现</b>：{ $minutes }分钟内{ $n }个。请查看：{ $days }，{ $couriers }。
checks-own = <b>{ $who ->
    [courier] 被评价的快递员参与处理的工单
   *[customer] 客户本人账号参与处理的工单
  }</b>：{ $n }个。请查看：{ $cases }，{ $couriers }。
checks-self = <b>快递员用本人账号给自己评价</b>：{ $n }份。请查看：{ $days }，{ $couriers }。
checks-granted = <b>{ $who ->
    [own] 有人把自己设为快递员
   *[other] 部门负责人把某人设为其他部门的快递员
  }</b>。请用 /roles 查看：{ $days }，{ $couriers }。
checks-changed = <b>差评改为好评</b>：{ $n }份。请查看：{ $days }，{ $couriers }。
checks-withdrawn = <b>差评工单被撤回</b>：{ $n }个。请查看：{ $cases }，{ $couriers }。
checks-upheld = <b>申诉成立</b>：最近{ $within }天内{ $of }件中{ $n }件。请查看：{ $couriers }。
checks-courier = 快递员 { $names }
checks-no-courier = 未注明快递员
checks-day = { $first }
checks-days = { $first } 至 { $last }
checks-more = … 另有{ $count }项
