### 查看工单：三部分的工单档案、搜索、列表、纸质档案。

## 各环节填写的内容

fact-department = 转至
fact-reason = 原因
fact-person = 交接给
fact-measure = 整改措施
fact-due = 期限
fact-goal = 目标
fact-question = 问题
fact-root-cause = 根本原因
fact-action = 整改措施（客户所见）
fact-compensation = 补偿
fact-valid = 责任认定
fact-into = 并入
fact-received = 收到日期
fact-value = 价值
fact-feasibility = 可行性
fact-words = 内容
fact-satisfied = 客户
fact-handler = 经办人
regulator-fact-root-cause = 调查结果
regulator-fact-valid = 责任认定
regulator-fact-action = 与客户达成的协议
regulator-fact-compensation = 赔偿或道歉
regulator-fact-satisfied = 客户
regulator-fact-handler = 经办人
fact-reference = 申诉编号

## 档案

dossier-title-complaint = 投诉档案
dossier-title-suggestion = 建议档案
dossier-title-inquiry = 咨询档案
dossier-title-praise = 表扬档案
dossier-complaint = 投诉内容
dossier-process = 处理过程
dossier-result = 处理结果
dossier-customer = 客户
dossier-phone = 电话
dossier-contact = 联系方式
dossier-filed = 登记时间
dossier-category = 类别
dossier-severity = 严重程度
dossier-department = 牵头部门
dossier-cooperating = 协同部门
dossier-waybill = 运单号
dossier-courier = 快递员
dossier-linked = 延续工单
dossier-words = 客户原话
dossier-edited = （已编辑）
dossier-before = { $at } 之前的内容
dossier-wanted = 诉求
dossier-files = 附件数
dossier-attached = 照片和文件
dossier-file-name = 名称
dossier-file-from = 来自
dossier-file-size = 大小
dossier-file-hash = SHA-256
dossier-file-kilobytes = { $kilobytes } KB
dossier-file-waiting = 尚未从 Telegram 取回
dossier-file-too-big = 太大，没有保存
dossier-file-gone = 保存之前在 Telegram 上已不存在
dossier-file-infected = 发现病毒，没有保存
dossier-file-erased = 已删除
dossier-owner = 处理人
dossier-said-customer = 补充
dossier-said-staff = 给客户发消息
dossier-said-note = 内部备注
dossier-said-report = 向牵头部门反馈
dossier-nudge = 提醒：{ $stage }，时限已用{ $percent }%
dossier-clocks = 期限
dossier-clock-stage = 环节
dossier-clock-due = 期限
dossier-clock-ended = 完成
dossier-clock-kept = 是否按时
dossier-stage-accept = 受理
dossier-stage-plan = 制定计划
dossier-stage-rectify = 整改
dossier-stage-review = 审核
dossier-stage-answer = 答复客户
dossier-stage-regulator = 答复监管部门
dossier-met = 按时
dossier-missed = 逾期
dossier-running = 进行中
dossier-overdue = 逾期未完成
dossier-handling = 处理满意度
dossier-form = 差评整改反馈表
dossier-regulators-form = 监管申诉答复表
dossier-handed-in = 提交
dossier-approved = 审核通过
dossier-signed-owner = 处理人
dossier-signed-head = 部门负责人
dossier-signed-quality = 差评管理部门
dossier-signed-handler = 经办人
dossier-signed-company = 公司（盖章）
dossier-sign-here = 签字、日期
dossier-nothing-yet = 暂无。
dossier-masked = 截至 { $at }。个人信息已脱敏。
dossier-unmasked = 截至 { $at }。含个人信息，仅限本工单的处理人员查阅。

## 消息

look-head = <b>{ $number }</b> · { $state }
look-part = <b>{ $part }</b>
look-line = { $label }：{ $text }
look-entry = { $at } · { $who } · { $what }
look-fact = — { $label }：{ $text }
look-words = “{ $text }”
look-form = <b>{ $title }</b>
look-clock = { $late ->
    [yes] ⚠️{" "}
   *[no] {""}
  }{ $stage }：期限 { $due }，{ $done ->
    [no] { $kept }
   *[yes] { $ended } 完成（{ $kept }）
  }
look-chosen = • { $part }
look-audit = 操作日志
look-files = 附件（{ $count }）
look-pdf = PDF
look-later = ▸
look-earlier = ◂
look-page = 第{ $page }页，共{ $pages }页
look-audit-line = { $at } · { $who } · { $what }
look-audit-new = — { $after }
look-audit-change = — { $before } → { $after }
look-no-audit = 只有经理和差评管理部门可以查看操作日志。
look-no-files = { $number } 没有附件。
look-files-in-private = { $number } 的附件已私聊发给您。
look-open-chat = 暂时无法给您发消息。请打开与 @{ $bot } 的私聊，点“开始”，然后再点一次这里。
look-files-coming = { $count ->
   *[other] { $number } 的附件{ $count }个
  }
look-pdf-coming = 正在生成 { $number } 的档案。
look-pdf-caption = { $title } { $number } · { $state }
look-unknown = 这里没有工单 { $number }。
look-how = 要看哪个工单？请发送 /case 加工单号，例如 /case C-261123-0042 或 /case 42；也可以回复工单卡片并发送 /case。

audit-case-file = 登记
audit-case-add = 客户补充了内容
audit-case-edit = 修改了所写内容
audit-case-letter = 给客户发消息
audit-case-note = 添加备注
audit-case-report = 向牵头部门反馈
audit-case-reveal = 查看了客户联系方式
audit-case-files = 取走了附件（私聊）
audit-case-document = 导出了档案（PDF）
audit-case-handling = 客户评价了处理情况
audit-case-merged-from = 另一个工单并入本工单
audit-case-joined = 同一运单的再次投诉并入

## 列表

list-cases = <b>未结工单</b>：{ $count }个
list-mine = <b>您处理的工单</b>：{ $count }个
list-open = <b>各部门未结工单</b>：{ $count }个
list-overdue = <b>各部门逾期工单</b>：{ $count }个
list-search = <b>搜索结果</b>：“{ $words }”
list-department = <b>{ $department }</b>：{ $count }个
list-line = { $late ->
    [yes] ⚠️{" "}
   *[no] {""}
  }<b>{ $number }</b> · { $state } · { $owner } · { $due }
list-newer = ◂ 较新
list-older = 较早 ▸
list-before = ◂ 上一页
list-more = 下一页 ▸
list-nothing-overdue = 没有逾期工单。
list-no-department = 没有“{ $department }”这个部门。部门：{ $departments }
search-none = 没有找到“{ $words }”。
search-how = 要找什么？请发送 /search 加工单号、运单号的开头、电话号码或文字。
menu-case = 查看工单
menu-search = 搜索工单
menu-open = 各部门未结工单
menu-overdue = 逾期工单

## 数字背后的工单，作为图片说明。

case-in-short = <b>{ $number }</b> · { $state }
    { $department } · { $category } · { $waybill }
    登记 { $opened }，答复期限 { $due }，处理人 { $owner }

    { $words }
