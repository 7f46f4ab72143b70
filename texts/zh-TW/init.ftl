### `huifang init` 在命令列問安裝人員的話。

init-hello = 直接按 Enter 就用方括號裡的值；以後都可以在 { $file } 裡改。
init-preset = 公司做什麼業務？{ $choices }
init-preset-express = express：快遞，送貨到府
init-preset-trucking = trucking：貨運，零擔和整車
init-preset-ecommerce = ecommerce：電商，賣貨並出貨
init-preset-warehouse = warehouse：倉儲，替貨主保管和作業
init-languages = 客戶可以選的語言，公司自己的寫在最前面（{ $choices }）
init-name = 客戶看到的公司名稱（{ $language }）
init-zone = 時區
init-country = 國家或地區：用於國定假日和不帶國碼的電話號碼（兩個字母；只指其中一部分時寫成 US-CA）
init-token = @BotFather 給的機器人權杖；貼上時畫面不顯示。直接按 Enter，以後寫進 { $file }
init-write = 寫入 { $file } 嗎？

init-wrong-preset = 沒有「{ $given }」，請從 { $choices } 中選一個。
init-wrong-languages = 沒有 { $given } 的文字，請從 { $choices } 中選，用逗號隔開。
init-wrong-name = 名稱要有 1 到 { $limit } 個字，寫在一行裡。
init-wrong-name-language = 「{ $given }」：只給一種語言的名稱要寫成 { $example } 這樣，語言必須是公司提供的。
init-wrong-zone = 「{ $given }」不是時區，請寫成 Asia/Shanghai 或 Europe/Berlin 這樣。
init-wrong-country = 「{ $given }」不是國家或地區代碼，請寫兩個字母，如 CN 或 DE。
init-wrong-token = 這不像機器人權杖；@BotFather 給的權杖是 123456:ABC-DEF 這樣的。

init-exists = { $file } 已經存在：請直接修改，或用 --force 覆蓋
init-nothing-written = 沒有寫入任何內容
init-wrote = 已寫好 { $file } 和 { $surveys }
init-kept-survey = { $file } 原來就有，保持不變；--force 會覆蓋它
init-no-holidays = 沒有 { $country } 的國定假日資料：請在 [calendar.days] 裡寫上公司的放假日
init-wrote-secret = 已寫好 { $file }，裡面有新的密鑰：請另存一份
init-wrote-keys = 已寫好 { $file }
init-token-kept = { $file } 裡已有權杖，保持不變：要換請在那裡改
init-put-token = 請把 @BotFather 給的權杖寫進 { $file }
init-next = 用 `huifang check` 看看是否都對
