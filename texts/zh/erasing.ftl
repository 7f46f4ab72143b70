### 本人数据的提供与删除。

menu-mydata = 获取我的全部数据
menu-forgetme = 删除我的全部数据
help-mydata =
    /mydata 获取保存的与您有关的全部数据
    /forgetme 删除这些数据

forgetme =
    <b>删除我的全部数据</b>

    将删除您的姓名、电话、账号，您写过、发过的一切，以及就此写给您的内容。公司群里的相关消息，在 Telegram 允许的范围内一并撤下。

    以下内容会保留，但不含您的姓名：评分的分数、有过一次投诉及其处理时间，以及公司自己的运单。
    { $open ->
        [0] { "" }
       *[other] 您还有 { $open } 个未结工单，将随之撤回，不再处理。
    }
    { $hours ->
        [0] 确认后立即删除，无法恢复。
       *[other] 确认后 { $hours } 小时执行。在此之前，点一下即可撤回；之后无法恢复。
    }

    如需留底，请先用 /mydata 获取一份。
forgetme-ask = 全部删除
forgetme-keep = 保留
forgetme-really = <b>确定全部删除吗？</b>您的工单、答案和与公司的往来消息都将消失，您自己也无法再查看。
forgetme-yes = 确定删除
forgetme-no = 不删除
forgetme-kept = 没有删除任何内容。
forgetme-waits =
    将于 <b>{ $at }</b> 删除您的全部数据。

    在此之前如果改变主意，请点下面的按钮。
forgetme-undo = 撤回
forgetme-undone = 已撤回，没有删除任何内容。
forgetme-too-late = 已经删除了。
forgetme-done = 与您有关的全部数据已删除。您若再次来信，我会把您当作新朋友，从头开始。
forgetme-not-yet = 没有删除：{ $why }
forgetme-last-manager = 您是唯一的管理员，请先用 /grant 把该角色授予他人。
forgetme-owner = 您手上还有 { $count } 个工单（{ $numbers }），请先移交。
forgetme-staff = 您的工作记录会保留，但不含您的姓名，只显示“{ $former }”。
forgetme-former-staff = 前员工
forgetme-erased-here = <i>此处内容已删除。</i>

mydata-coming = 马上发来两个文件：一个供阅读，一个供其他程序使用。
mydata-caption = { $form ->
    [json] 与您有关的全部数据，供其他程序使用。请妥善保管。
   *[html] 与您有关的全部数据。请妥善保管。
  }
mydata-later = 一小时内已经发过文件，请一小时后再试。
mydata-title = 与您有关的全部数据
mydata-intro = 截至 { $at }。其他人只以职能出现，不含姓名；员工之间的内部备注不在其中。另一个文件包含全部细节。
mydata-none = 无。
mydata-you = 您
mydata-staff = 工作人员
mydata-bot = 机器人
mydata-table-people = 您本人
mydata-table-grants = 您的角色
mydata-table-deliveries = 您的快件
mydata-table-answers = 您的答案
mydata-table-cases = 您的工单
mydata-table-case-events = 工单经过
mydata-table-contributions = 工单往来内容
mydata-table-appeals = 对评分的申诉
mydata-table-audit = 操作日志
mydata-column-name = 姓名
mydata-column-username = 用户名
mydata-column-phone = 电话
mydata-column-telegram-id = Telegram 账号
mydata-column-language = 语言
mydata-column-zone = 时区
mydata-column-created-at = 开始时间
mydata-column-consent-at = 同意或撤回同意的时间
mydata-column-stopped-at = 停止接收评价邀请
mydata-column-role = 角色
mydata-column-department = 部门
mydata-column-granted-at = 开始时间
mydata-column-delivered-at = 送达时间
mydata-column-waybill = 运单号
mydata-column-customer-name = 收件人
mydata-column-service = 服务
mydata-column-station = 网点
mydata-column-answered-at = 回答时间
mydata-column-question = 问题
mydata-column-score = 分数
mydata-column-words = 内容
mydata-column-number = 编号
mydata-column-state = 状态
mydata-column-description = 发生了什么
mydata-column-wanted = 您的诉求
mydata-column-contact = 联系方式
mydata-column-resolution = 我们的答复
mydata-column-at = 时间
mydata-column-event = 事项
mydata-column-who = 谁
mydata-column-facts = 内容
mydata-column-files = 文件
mydata-column-edits = 修改前的内容
mydata-column-reason = 理由
mydata-column-decision = 决定
mydata-column-what = 事项
mydata-column-before = 之前
mydata-column-after = 之后
