### `huifang init` 在命令行里问安装人员的话。

init-hello = 直接按回车就用方括号里的值；以后都可以在 { $file } 里改。
init-preset = 公司做什么业务？{ $choices }
init-preset-express = express：快递，送货上门
init-preset-trucking = trucking：汽运，零担和整车
init-preset-ecommerce = ecommerce：电商，卖货并发货
init-preset-warehouse = warehouse：仓储，替货主保管和作业
init-languages = 客户可以选的语言，公司自己的写在最前面（{ $choices }）
init-name = 客户看到的公司名称（{ $language }）
init-zone = 时区
init-country = 国家或地区：用于法定节假日和不带区号的电话号码（两个字母；只指其中一部分时写成 US-CA）
init-token = @BotFather 给的机器人令牌；粘贴时屏幕上不显示。直接按回车，以后写进 { $file }
init-write = 写入 { $file } 吗？

init-wrong-preset = 没有“{ $given }”，请从 { $choices } 中选一个。
init-wrong-languages = 没有 { $given } 的文字，请从 { $choices } 中选，用逗号隔开。
init-wrong-name = 名称要有 1 到 { $limit } 个字，写在一行里。
init-wrong-name-language = “{ $given }”：只给一种语言的名称要写成 { $example } 这样，语言必须是公司提供的。
init-wrong-zone = “{ $given }”不是时区，请写成 Asia/Shanghai 或 Europe/Berlin 这样。
init-wrong-country = “{ $given }”不是国家或地区代码，请写两个字母，如 CN 或 DE。
init-wrong-token = 这不像机器人令牌；@BotFather 给的令牌是 123456:ABC-DEF 这样的。

init-exists = { $file } 已经存在：请直接修改，或用 --force 覆盖
init-nothing-written = 没有写入任何内容
init-wrote = 已写好 { $file } 和 { $surveys }
init-kept-survey = { $file } 原来就有，保持不变；--force 会覆盖它
init-no-holidays = 没有 { $country } 的法定节假日数据：请在 [calendar.days] 里写上公司的放假日
init-wrote-secret = 已写好 { $file }，里面有新的密钥：请另存一份
init-wrote-keys = 已写好 { $file }
init-token-kept = { $file } 里已有令牌，保持不变：要换请在那里改
init-put-token = 请把 @BotFather 给的令牌写进 { $file }
init-next = 用 `huifang check` 看看是否都对
