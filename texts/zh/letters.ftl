### 负责人与客户通过工单往来的文字、内部备注、协同部门的反馈。

letter-ask-note = <b>{ $number }</b>：要备注什么？仅内部可见。请回复这条消息，可附图片。
letter-ask-report = <b>{ $number }</b>：要向牵头部门反馈什么？请回复这条消息，可附图片。
letter-preview-letter = 给 <b>{ $number }</b> 的客户，尚未发送：
letter-preview-note = <b>{ $number }</b> 的备注，请核对：
letter-preview-report = <b>{ $number }</b> 的反馈，请核对：
letter-files = { $count ->
   *[other] 附{ $count }个文件。
  }
letter-send = 发送
letter-only-owner = 只有处理人（{ $owner }）、部门负责人或差评管理部门可以发送。您可以存为备注。
letter-no-owner = 还没有人受理这个工单，暂时不能发送。请先受理，或存为备注。
letter-report-or-note = 由牵头部门给客户发消息。您可以向牵头部门反馈，或存为备注。
letter-waits = 目前联系不到客户。您发送的内容会先保留，等客户回来后送达。
letter-never = 无法在聊天中联系到这个工单的客户。您可以存为备注。
letter-done-letter = <b>{ $number }</b>：正在发给客户：
letter-done-note = <b>{ $number }</b>：已备注，仅内部可见。
letter-done-report = <b>{ $number }</b>：已反馈给牵头部门：
letter-over = { $number } 已结案，不再给客户发消息。可用 /note 存为内部备注。
letter-forgotten = { $number }：一天内没有确认，未发送。
note-how = 请回复工单卡片并发送 /note 加备注内容，或发送 /note 加工单号和备注内容。
note-unknown = 没有工单 { $number }。

said-customer = <b>{ $number }</b>：客户发来消息：
said-staff = <b>{ $number }</b>：责任部门发来消息：
said-report = <b>{ $number }</b>：{ $who }反馈：
edit-not-kept = 您对 { $number } 消息的修改未保存，因为您在这里不处理该工单。原来的内容仍然有效。
said-edited = <i>（已编辑）</i>
said-edited-file = { $number }：文件已更换 <i>（已编辑）</i>
passed-on = { $number }：已转达责任部门。
kept-closed = { $number } 已结案，您补充的内容已保存在工单中。如需重新处理，请在 /mycases 中打开这个工单。
card-cooperating = 贵部门协同处理这个工单：请用“反馈”说明调查或处理情况，由牵头部门给客户发消息。
history-customer = { $count ->
    [0] 发来消息
   *[other] 发来消息，附{ $count }个文件
  }
history-staff = { $count ->
    [0] 给客户发消息
   *[other] 给客户发消息，附{ $count }个文件
  }
history-note = { $count ->
    [0] 备注
   *[other] 备注，附{ $count }个文件
  }
history-report = { $count ->
    [0] 反馈
   *[other] 反馈，附{ $count }个文件
  }
menu-note = 为工单添加内部备注

### 群组或个人隐私设置不允许发送的文件。

forbidden-file = 📎 <b>{ $number }</b>：{ $from ->
    [staff] 责任部门
    [report] 协同部门
    [note] 同事
   *[customer] 客户
  }发来{ $kind ->
    [photo] 一张照片
    [video] 一段视频
    [document] 一个文件
    [voice] 一条语音
    [audio] 一个音频
    [note] 一条视频消息
   *[album] { $count }个文件
  }。
evidence-infected = ⚠️ <b>{ $number }</b>：病毒扫描发现此工单的{ $kind ->
    [photo] 一张照片
    [video] 一段视频
    [voice] 一条语音
    [audio] 一个音频
    [note] 一条视频消息
   *[document] 一个文件
  }有问题。请不要打开；系统不保存它，也不会再转发。
forbidden-here = { $place ->
    [group] 本群不允许发送{ $kind ->
        [photo] 照片
        [picture] 照片
        [video] 视频
        [document] 文件
        [voice] 语音
        [audio] 音频
        [note] 视频消息
       *[album] 此类文件
      }，因此不能在这里显示。请在与我的私聊中查看。群管理员可以在群设置的“权限”中开放，或把我设为管理员。
   *[private] 您的 Telegram 设置不允许我发送。请在“设置 → 隐私和安全 → 语音消息”中开放，然后重新获取。
  }
forbidden-see = 私聊发给我
forbidden-again = 重新发送
