### When customers are asked, and when they are not.

rating-reminder = 想再打扰您一次，轻点一下就能完成评价。（不想再收到，请发送 /stop）

stopped = 好的，以后不再给您发送评价邀请。您的工单照常处理，/complain 和 /rate 随时可用；想恢复请发送 /resume。
stopped-already = 您目前不接收评价邀请。想恢复请发送 /resume。
resumed = 欢迎回来！以后配送完成时，我会在这里请您评价，轻点一下就好。
resumed-already = 您目前会收到评价邀请，每周最多一次。不想接收请发送 /stop。

timezone-which = 您在哪个时区？我只在您当地时间 { $from } 至 { $until } 之间给您发消息。您那里现在是 { $now }。
timezone-set = 好的，以后我只在 { $zone } 时间 { $from } 至 { $until } 之间给您发消息。
timezone-unknown = 没有找到时区“{ $given }”。请这样写：/timezone Europe/Berlin，或选择下面的时区。

menu-stop = 不再接收评价邀请
menu-resume = 恢复评价邀请
menu-timezone = 设置您的时区
