### 公平：本人收到的評分、對評分的申訴、每週評分查核。

## 本人收到的評分

myratings-head = <b>您收到的評分</b>（近12個月，配送員 { $couriers }）
myratings-head-handling = <b>客戶對您處理案件的評分</b>
myratings-head-appeal = <b>可以申訴的評分</b>：最近{ $days }天內的評分
myratings-nobody = 目前沒有針對您的評分。配送員可查看自己配送的評分，員工可查看客戶對其案件處理的評分。如需連結身分，請經理使用 /grant。
myratings-none = 還沒有評分。
myratings-none-handling = 還沒有客戶為您處理的案件評分。
myratings-none-appeal = 目前沒有可以申訴的評分。每筆評分可在{ $days }天內申訴一次。
myratings-no-courier = 申訴適用於配送員，針對其配送收到的評分。您沒有這類評分。
myratings-mean = 平均{ $mean }分，滿分5分（n = { $n }{ $strength ->
    [indicative] ，僅供參考
   *[solid] {""}
  }）
myratings-too-few = n = { $n }：數量太少，不計平均分數
myratings-line = <b>{ $place }.</b> { $day } · { $scores }
myratings-score = { $dimension } { $score }/5
myratings-dimension = { $name ->
    [overall] 整體
    [timeliness] 配送時效
    [goods] 貨物完好
    [attitude] 服務態度
    [environment] 環境
    [layout] 動線配置
    [facilities] 設施
    [operation] 作業
    [safety] 安全
    [product] 產品
    [service] 服務
    [price] 價格
    [image] 企業形象
   *[other] { $name }
  }
myratings-ticked = — { $reasons }
myratings-on-behalf = — 由員工代填
myratings-appealed = — { $state ->
    [open] 申訴審核中
    [upheld] 申訴成立，該評分不計入統計
   *[rejected] 申訴遭駁回，該評分照常計入
  }
myratings-handling-line = <b>{ $number }</b> · { $day } · { $score }/5
myratings-appeal = 申訴 { $place }
myratings-deliveries = 配送評分
myratings-handling = 案件處理評分
myratings-chosen = • { $part }
menu-myratings = 我收到的評分
menu-appeal = 對評分提出申訴
menu-checks = 評分查核
help-rated =
    /myratings 查看您收到的評分（不顯示評分者）
    /appeal 覺得評分不公時，請品管部門複核
help-checks = /checks 查看最近七天評分中值得留意的情形

## 申訴

appeal-of = { $day }評分的申訴
reason-rating-appeal = <b>{ $number }</b>：為什麼覺得這筆評分不公？您的說明由品管部門查看，客戶看不到。請用一則訊息寫清楚。
reason-preview-rating-appeal = <b>{ $number }</b>。品管部門將看到：
appeal-filed = 您的申訴已送交品管部門，將由與此事無關的同仁裁定。結果和理由會在這裡告訴您。
appeal-already = 這筆評分已經有人申訴。每筆評分只能申訴一次。
appeal-too-late = 已超過期限：評分須在{ $days }天內申訴。
appeal-not-yours = 這不是針對您的評分。

## 品管部群組裡的卡片

appeal-head = <b>評分申訴</b> · { $state ->
    [open] 待裁定
    [upheld] 成立
   *[rejected] 駁回
  }
appeal-rating = { $day }的評分：{ $scores }
appeal-ticked = 勾選原因：{ $text }
appeal-on-behalf = 由員工代填
appeal-courier = 配送員：{ $text }
appeal-department = 部門：{ $text }
appeal-waybill = 託運單：{ $text }
appeal-customer = 客戶：{ $text }
appeal-cases = 相關案件：{ $text }
appeal-by = { $name }的申訴：
appeal-words = 「{ $text }」
appeal-changed = 提出申訴後，客戶修改了評分。
appeal-decided = { $name }於 { $at } 裁定：
appeal-uphold = 申訴成立
appeal-reject = 駁回申訴
reason-uphold = <b>{ $number }</b>：申訴為什麼成立？配送員會看到您的原話。請回覆這則訊息。
reason-reject = <b>{ $number }</b>：為什麼駁回申訴？配送員會看到您的原話。請回覆這則訊息。
reason-preview-uphold = <b>{ $number }：成立。</b>該評分將排除在所有統計之外，但保留在紀錄中。配送員將看到：
reason-preview-reject = <b>{ $number }：駁回。</b>該評分照常有效。配送員將看到：
appeal-only-quality = 申訴由品管部門裁定。
appeal-involved = 這筆評分與您本人有關，請由品管部門的其他同仁裁定。感謝您迴避。
appeal-late = { $name }已裁定這件申訴，未做任何變更。
appeal-gone = 找不到這件申訴。

## 裁定結果

appeal-upheld-appellant =
    <b>您對{ $day }評分的申訴成立。</b>該評分不再計入統計。

    理由：{ $reason }
appeal-rejected-appellant =
    <b>您對{ $day }評分的申訴遭駁回。</b>該評分照常計入統計。

    理由：{ $reason }
appeal-upheld-customer =
    您{ $day }的評分{ $known ->
        [no] {""}
       *[yes] （託運單 { $waybill }）
      }經過複核，我們不將它計入統計。例如，問題並非由受評者造成時，就會這樣處理。

    其他一切照舊：您的評分仍有紀錄，您的案件照常處理。您隨時可以用 /complain 提出客訴。

## 評分查核

checks-head = <b>評分查核</b>，{ $first } 至 { $last }
checks-note = 以下只是提示值得查看之處，並非定論；每一項都可能有正當原因。
checks-nothing = <b>評分查核</b>，{ $first } 至 { $last }：沒有異常。
checks-only-quality = 評分查核僅供品管部門和經理在其群組或私訊中查看。
checks-quick = <b>短時間內連續評分</b>：{ $seconds }秒內{ $n }份，{ $who ->
    [colleague] 由同一位同仁代填
   *[customer] 來自同一位客戶
  }。請查看：{ $days }，{ $couriers }。
checks-burst = <b>五分集中出現</b>：{ $minutes }分鐘內{ $n }個。請查看：{ $days }，{ $couriers }。
checks-own = <b>{ $who ->
    [courier] 受評配送員參與處理的案件
   *[customer] 客戶本人帳號參與處理的案件
  }</b>：{ $n }件。請查看：{ $cases }，{ $couriers }。
checks-self = <b>配送員用本人帳號評自己</b>：{ $n }份。請查看：{ $days }，{ $couriers }。
checks-granted = <b>{ $who ->
    [own] 有人把自己設為配送員
   *[other] 部門主管把某人設為其他部門的配送員
  }</b>。請用 /roles 查看：{ $days }，{ $couriers }。
checks-changed = <b>低分改成高分</b>：{ $n }份。請查看：{ $days }，{ $couriers }。
checks-withdrawn = <b>低分評價的案件遭撤回</b>：{ $n }件。請查看：{ $cases }，{ $couriers }。
checks-upheld = <b>申訴成立</b>：最近{ $within }天內{ $of }件中有{ $n }件。請查看：{ $couriers }。
checks-courier = 配送員 { $names }
checks-no-courier = 未註明配送員
checks-day = { $first }
checks-days = { $first } 至 { $last }
checks-more = … 另有{ $count }項
