// The guided tour as data: from a delivery to a closed complaint to the figures, in about two minutes.
// A step points to a place and goes on when its `done` happened:
//   seat   roles in whose seats to look, in order ("customer:page" wants somebody who speaks the page's language), or "panel"
//   press  labels to look for, the first that is shown wins; in the panel, a selector
//   newest look only at the bot's newest message (a dialogue), not at older cards
//   write  what to write where nothing is to be pressed
//   done   {pressed} a label, {label} or {text} a message that shows it, {answer} anything from the bot, {delivery};
//          `seat` inside it when it happens in somebody else's seat
const CUSTOMER = ["customer:page"];
const DEPARTMENT = ["staff", "head", "quality"];
const SCORE = /[1-5]\s*$/;
const TWO = /2\s*$/;
const FILE = /^(File a complaint|提交投诉)/;
const DONE = /^(Done|完成)/;
const ACCEPT = /^(Accept|受理)/;
const RESOLVE = /^(Resolve|办结)/;
const APPROVE = /^(Approve|通过)/;
const SOLVED = /^(Solved|已解决)/;
const NUMBER = /[CSQP]-\d{6}-\d{4,}/;

export const STEPS = [
  {
    seat: "panel",
    press: ".delivery [type=submit]",
    en: "A parcel has just been delivered to this customer. Press “Deliver”: the company's system tells the bot.",
    zh: "一单货刚刚送到这位客户手中。点“送达”，公司系统把它告诉机器人。",
    done: { delivery: true },
  },
  {
    seat: "panel",
    press: ".open-as",
    en: "The delivery slip carries this link. Open it as the customer.",
    zh: "送货单上印着这个链接。以客户身份打开它。",
    done: { seat: CUSTOMER, label: SCORE },
  },
  {
    seat: CUSTOMER,
    press: [TWO],
    newest: true,
    en: "One tap is a complete answer. The customer is not happy: press 2.",
    zh: "点一下就是完整的回答。客户不满意：点 2。",
    done: { pressed: TWO },
  },
  {
    seat: CUSTOMER,
    press: [FILE],
    newest: true,
    en: "The survey goes on in the same message, and a low rating offers help at once. One tap files a complaint.",
    zh: "问卷在同一条消息里继续；低分马上得到关注。点一下“提交投诉”即可立案。",
    done: { text: NUMBER },
  },
  {
    seat: CUSTOMER,
    write: { en: "The box was crushed and two bottles inside are broken.", zh: "外箱被压坏，里面两瓶碎了。" },
    en: "It has a number, and a day by which an answer is promised. Say what happened; pictures are welcome, too.",
    zh: "投诉有了编号和答复期限。写下经过，也可以发图片。",
    done: { label: DONE },
  },
  {
    seat: CUSTOMER,
    press: [DONE],
    newest: true,
    en: "That is all: press “Done”. The department has had it since the first tap.",
    zh: "就这些：点“完成”。部门从立案那一刻起就已收到。",
    done: { pressed: DONE },
  },
  {
    seat: DEPARTMENT,
    press: [ACCEPT],
    en: "The department's group has a card with the complaint. A member of staff presses “Accept” and owns it.",
    zh: "部门群里出现了投诉卡片。员工点“Accept”（受理），成为负责人。",
    done: { pressed: ACCEPT },
  },
  {
    seat: DEPARTMENT,
    press: [RESOLVE],
    en: "The owner has looked into it. Press “Resolve”: the bot asks for what the answer needs.",
    zh: "负责人已查清。点“Resolve”（办结），机器人会逐项询问。",
    done: { text: /\b1\/4/ },
  },
  {
    seat: DEPARTMENT,
    write: { en: "Heavy freight was stacked on top at the transfer station.", zh: "中转站把重货压在了上面。" },
    en: "The root cause, as a reply to the bot's question. A plain group message never reaches a customer.",
    zh: "回复机器人的提问，写明根本原因。群里的普通消息绝不会发给客户。",
    done: { text: /\b2\/4/ },
  },
  {
    seat: DEPARTMENT,
    write: {
      en: "We are sorry. Two new bottles are on their way, and heavy freight is now loaded apart.",
      zh: "非常抱歉。两瓶新货已寄出，重货今后分开装车。",
    },
    en: "What was done: the customer will read this in the owner's own words.",
    zh: "采取的措施：客户将看到负责人的原话。",
    done: { text: /\b3\/4/ },
  },
  {
    seat: DEPARTMENT,
    press: [/^(Confirm|确认)/, /^(At fault|企业有责)/, /^(Skip|跳过)/],
    newest: true,
    en: "Compensation can be skipped. Say whether the company is at fault, check everything once more, and confirm.",
    zh: "补偿可以跳过。判定企业是否有责，再核对一遍并确认。",
    done: { seat: DEPARTMENT, label: APPROVE },
  },
  {
    seat: ["head", "quality", "management"],
    press: [APPROVE],
    en: "Nobody approves their own work: the head of the department presses “Approve”.",
    zh: "不能审批自己的工作：由部门负责人点“Approve”（通过）。",
    done: { seat: CUSTOMER, label: SOLVED },
  },
  {
    seat: CUSTOMER,
    press: [SOLVED],
    en: "The customer reads what was done, and has the last word: press “Solved”.",
    zh: "客户看到处理结果，并由客户说了算：点“已解决”。",
    done: { pressed: SOLVED },
  },
  {
    seat: ["manager", "management"],
    write: { en: "/summary", zh: "/summary" },
    en: "A manager asks for the figures of this month: send /summary.",
    zh: "经理查看本月数据：发送 /summary。",
    done: { answer: true },
  },
  {
    seat: ["manager", "management"],
    en: "From a delivery to a closed complaint to the figures. Now try it your own way: move the clock, or kill the bot in the middle of something.",
    zh: "从送达到投诉办结，再到数据。接下来随意试：拨动时钟，或在中途停掉机器人。",
    done: {},
  },
];
