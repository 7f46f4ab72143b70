// "A delivery arrives": the form, what the bot answered, and the link to open as the customer.
import * as api from "./api.js";
import { h } from "./dom.js";
import { fullName, roleOf } from "./people.js";
import { startLink } from "./links.js";
import { store } from "./store.js";
import { language, nearest } from "./words.js";

const DEPARTMENTS = ["transport", "service", "sales", "aftersales"].map((key) => ({ key, language: "en" }));
const COURIERS = [["k17", "Chen Bo"], ["k21", "Zhao Min"], ["k08", "Sun Jie"]];

const pick = (list) => list[Math.floor(Math.random() * list.length)];
const newWaybill = () => `HF${String(Date.now()).slice(-7)}${String(Math.floor(Math.random() * 1000)).padStart(3, "0")}`;
const customers = () => store.state.users.filter((user) => roleOf(user) === "customer");

export function deliveryPart(stage, attempt) {
  const waybill = h("input", { name: "waybill", autocomplete: "off", spellcheck: "false" });
  const customer = h("select", { name: "customer" });
  const phone = h("input", { name: "phone", type: "tel", placeholder: "+86…", hidden: true, tLabel: "phone" });
  const department = h("select", { name: "department" });
  const courier = h("select", { name: "courier" });
  const answer = h("div", { class: "answer", "aria-live": "polite" });
  const random = h("button", { type: "button", t: "random", class: "random" });
  const form = h(
    "form",
    { class: "form" },
    field("customer", customer, phone),
    field("waybill", waybill),
    field("department", department),
    field("courier", courier),
    h("div", { class: "buttons" }, h("button", { type: "submit", class: "primary", t: "deliver" }), random),
  );
  customer.addEventListener("change", () => (phone.hidden = customer.value !== ""));

  const send = async () => {
    const who = store.user(Number(customer.value));
    const [id, name] = couriers().find(([one]) => one === courier.value) ?? couriers()[0];
    const offset = store.state.clock?.offset ?? 0;
    const body = {
      waybill: waybill.value.trim() || newWaybill(),
      delivered_at: new Date(Date.now() + offset * 1000 - 600000).toISOString(),
      customer: { phone: who?.phone ?? phone.value.trim(), ...(who && { name: fullName(who), language: who.language_code }) },
      department: department.value,
      courier: { id, name },
    };
    const result = await attempt(api.deliver(body), "delivery");
    if (!result) return;
    waybill.value = newWaybill();
    show(answer, result, who, stage);
    stage.dispatchEvent(new CustomEvent("delivery", { detail: result }));
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  random.addEventListener("click", () => {
    waybill.value = newWaybill();
    department.value = pick(departments()).key;
    courier.value = pick(couriers())[0];
    if (customer.value === "" && !phone.value) customer.value = String(pick(customers())?.id ?? "");
    send();
  });

  let drawn = "";
  const draw = () => {
    const people = customers();
    const now = JSON.stringify([people.map((user) => [user.id, fullName(user)]), departments(), couriers()]);
    if (now === drawn) return;
    drawn = now;
    const kept = customer.value;
    customer.replaceChildren(...people.map((user) => h("option", { value: user.id }, fullName(user))), h("option", { value: "", t: "otherPhone" }));
    const near = people.find((user) => nearest(user.language_code) === language()) ?? people[0];
    customer.value = kept || String(near?.id ?? "");
    department.replaceChildren(...departments().map(({ key, title }) => h("option", { value: key }, title ?? key)));
    courier.replaceChildren(...couriers().map(([id, name]) => h("option", { value: id }, name)));
    waybill.value ||= newWaybill();
  };
  const choose = (user) => {
    const own = departments().find((one) => nearest(one.language) === nearest(user.language_code)); // whose group they can read
    department.value = (own ?? departments()[0]).key;
    customer.value = String(user.id);
    phone.hidden = true;
  };
  return { element: h("section", { class: "part delivery" }, h("h2", { t: "delivery" }), form, answer), draw, choose };
}

const departments = () => store.state.departments ?? DEPARTMENTS;
const couriers = () => store.state.couriers?.map(({ id, name }) => [id, name]) ?? COURIERS;

function field(label, ...controls) {
  return h("label", {}, h("span", { t: label }), ...controls);
}

function show(box, result, who, stage) {
  const one = result.results?.[0] ?? result;
  const status = one.status ?? "";
  const refused = (one.errors ?? []).map((error) => h("p", { class: "bad-text" }, `${error.at} ${error.why}`));
  const link = one.link && h("a", { href: one.link, target: "_blank", rel: "noopener noreferrer", class: "cut", onclick: (event) => open(event, who) }, one.link);
  const openers = one.link ? (who ? [who] : customers()).map((user) => opener(user, one.link, stage)) : [];
  const open = (event, person) => {
    event.preventDefault();
    if (person) stage.startAs(person.id, payloadOf(one.link));
  };
  box.replaceChildren(h("p", {}, h("b", {}, one.waybill ?? ""), " ", h("span", { class: "faint" }, status)), ...refused, link || "", h("div", { class: "buttons" }, openers));
}

const payloadOf = (link) => startLink(link)?.payload ?? new URL(link).searchParams.get("start") ?? undefined;

function opener(user, link, stage) {
  const onclick = () => stage.startAs(user.id, payloadOf(link));
  return h("button", { type: "button", class: "primary open-as", onclick }, h("span", { t: "openAs" }), " ", h("bdi", {}, fullName(user)));
}
