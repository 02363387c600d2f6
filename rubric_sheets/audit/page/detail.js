// One unit: what each indicator came to, and what was found.
const cells = (values) => values.map((value) => el("td", {}, value));

const indicator = ([levels, weight, ratio, claimed, computed, score, status, reason]) => {
  const rate = number(score) === null || !number(weight) ? null : number(score) / number(weight);
  const last = el("td", { class: "rate" }, rate === null ? "" : percent(rate));
  if (rate !== null) last.style.backgroundColor = heat(rate);
  const differs = claimed !== "" && computed !== "" && number(claimed) !== number(computed);
  return el("tr", {},
    el("th", { scope: "row" }, levels.at(-1), el("small", {}, levels.slice(0, -1).join(" · "))),
    exactly(weight), exactly(claimed, differs ? " differs" : ""), exactly(computed), exactly(score), last,
    el("td", {}, status), el("td", {}, reason));
};

const finding = ([severity, place, message, quote, fix, code]) =>
  el("li", { class: severity },
    el("p", {}, el("b", { class: severity }, severity), place ? el("span", { class: "place" }, place) : null, ` ${message}`),
    quote ? el("blockquote", {}, quote) : null,
    el("p", { class: "fix" }, fix, el("code", {}, code)));

const HEADS = ["指标", "分值", "自评", "测算", "计入", "得分率", "怎样得出", "理由"];
const detail = ([scores, found]) => [
  el("h3", {}, found.length ? `发现 ${found.length} 条` : "没有发现问题"),
  found.length ? el("ul", { class: "findings" }, found.map(finding)) : null,
  scores.length ? el("h3", {}, "各项得分") : null,
  scores.length ? el("div", { class: "wide" }, el("table", { class: "scores" },
    el("thead", {}, el("tr", {}, HEADS.map((text) => el("th", { scope: "col" }, text)))),
    el("tbody", {}, scores.map(indicator)))) : null,
].filter((one) => one !== null);
