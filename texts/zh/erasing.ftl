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
       *[other] 您还有 { $open } 个未结案件，将随之撤回，不再处理。
    }
    { $hours ->
        [0] 确认后立即删除，无法恢复。
       *[other] 确认后 { $hours } 小时执行。在此之前，点一下即可撤回；之后无法恢复。
    }

    如需留底，请先用 /mydata 获取一份。
forgetme-ask = 全部删除
forgetme-keep = 保留
forgetme-really = <b>确定全部删除吗？</b>您的案件、答案和与公司的往来消息都将消失，您自己也无法再查看。
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
forgetme-owner = 您手上还有 { $count } 个案件（{ $numbers }），请先移交。
forgetme-staff = 您的工作记录会保留，但不含您的姓名，只显示“{ $former }”。
forgetme-former-staff = 前员工
forgetme-erased-here = <i>此处内容已删除。</i>
