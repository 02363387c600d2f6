// The table of units: sorted by any column, written a hundred rows at a time.
const STEP = 100;
const RANKED = { name: "rank", down: false };
const table = { units: [], written: 0, sorted: RANKED, rates: false };

// The rubric whose indicators are shown: the chosen one, or that of most units.
const shownRubric = (units) => {
  const most = [...counted(units.map((unit) => unit.rubric))].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  return most.length ? most[0][0] : null;
};

const exactly = (text, more = "") => el("td", { class: `figure${more}`, title: text }, brief(text));
const over = (unit) => {
  const amount = unit.overNumber;
  const name = amount === null || Math.abs(amount) < 0.1 ? "" : amount > 0 ? " more" : " less";
  return el("td", { class: `figure${name}`, title: unit.over }, (amount > 0 ? "+" : "") + brief(unit.over));
};
const grades = (unit) => {
  const changed = unit.claimedGrade && unit.grade && unit.claimedGrade !== unit.grade;
  const text = changed ? `${unit.claimedGrade} → ${unit.grade}` : unit.grade || unit.claimedGrade;
  return el("td", { class: changed ? "middle changed" : "middle" }, text);
};
const count = (value, severity) => el("td", { class: `figure ${value ? severity : "none"}` }, String(value));
const points = (unit) => {
  const fill = el("span", { class: "gauge" });
  fill.style.inlineSize = percent(Math.min(Math.max((unit.points ?? 0) / 100, 0), 1));
  return el("td", { class: "figure total", title: unit.total }, brief(unit.total) || "—", unit.complete ? null : el("small", {}, "未齐"), fill);
};
const whose = (unit) => {
  const name = el("button", { type: "button", class: "open", "aria-expanded": "false", click: (event) => toggle(event, unit) },
    unit.name || "（没有名称）");
  return el("th", { scope: "row" }, name, unit.project ? el("small", {}, unit.project) : null);
};
const rate = (value) => {
  const cell = el("td", { class: "rate" }, value === null ? "" : String(Math.round(value / 10)));
  if (value !== null) cell.style.backgroundColor = heat(value / 1000);
  return cell;
};

const figure = (value) => (value === null ? Infinity : value);
const POINTS = [
  ["rank", "名次", (unit) => figure(unit.rank), (unit) => el("td", { class: "figure" }, unit.rank === null ? "" : String(unit.rank))],
  ["name", "单位", (unit) => `${unit.name} ${unit.project}`, whose],
  ["year", "年度", (unit) => figure(unit.year), (unit) => el("td", { class: "middle" }, unit.year === null ? "" : String(unit.year))],
  ["rubric", "指标体系", (unit) => all.rubrics[unit.rubric][0], (unit) => el("td", { class: "small" }, all.rubrics[unit.rubric][0])],
  ["claimed", "自评", (unit) => figure(unit.claimedPoints), (unit) => exactly(unit.claimed)],
  ["total", "测算", (unit) => figure(unit.points), points],
  ["over", "自评多出", (unit) => figure(unit.overNumber), over],
  ["grade", "等次", (unit) => graded(unit.grade || "无"), grades],
  ["errors", "错误", (unit) => unit.errors, (unit) => count(unit.errors, "错误")],
  ["warnings", "提示", (unit) => unit.warnings, (unit) => count(unit.warnings, "提示")],
  ["notes", "说明", (unit) => unit.notes, (unit) => count(unit.notes, "说明")],
  ["file", "文件", (unit) => unit.file, (unit) => el("td", { class: "small" }, link(unit.file.split("/").at(-1), unit.way), unit.kind === "工作簿" ? null : el("small", {}, unit.kind))],
];
const FIGURES = ["rank", "claimed", "total", "over", "errors", "warnings", "notes"];
const DOWN = ["claimed", "total", "over", "errors", "warnings", "notes"]; // the greatest first

const columns = () => {
  if (!table.rates) return POINTS;
  const at = shownRubric(table.units);
  const labels = at === null ? [] : all.rubrics[at][1];
  return [POINTS[0], POINTS[1], POINTS[2],
    ...labels.map((text, i) => [`rate ${i}`, text, (unit) => figure(unit.rates[i]), (unit) => rate(unit.rates[i])])];
};

const compare = (a, b) => (typeof a === "string" ? byText.compare(a, b) : a === b ? 0 : a < b ? -1 : 1);
const sortRows = () => {
  const { name, down } = table.sorted;
  const column = columns().find(([one]) => one === name) ?? POINTS[0];
  const keyed = table.units.map((unit) => [column[2](unit), unit]);
  // What has no figure stands last, whichever way.
  const last = (value) => value === Infinity;
  keyed.sort(([a, one], [b, other]) =>
    last(a) - last(b) || (down ? compare(b, a) : compare(a, b)) || one.at - other.at);
  table.units = keyed.map(([, unit]) => unit);
};

const sortBy = (name) => {
  const again = table.sorted.name === name;
  table.sorted = { name, down: again ? !table.sorted.down : DOWN.includes(name) };
  showRows(table.units);
  byId("units").querySelector(`[data-name="${name}"]`).focus();
};

const heads = () => {
  const made = columns().map(([name, text]) => {
    const here = table.sorted.name === name;
    const way = here ? (table.sorted.down ? "descending" : "ascending") : "none";
    return el("th", { scope: "col", "aria-sort": way, class: name.startsWith("rate ") ? "turned" : FIGURES.includes(name) ? "figure" : null },
      el("button", { type: "button", "data-name": name, click: () => sortBy(name) }, text));
  });
  byId("units").tHead.replaceChildren(el("tr", {}, made));
};

const more = () => {
  const next = table.units.slice(table.written, table.written + STEP);
  const shown = columns();
  byId("units").tBodies[0].append(...next.map((unit) => el("tr", {}, shown.map(([, , , cell]) => cell(unit)))));
  table.written += next.length;
  const left = table.units.length - table.written;
  byId("more").hidden = left === 0;
  byId("more").textContent = `还有 ${left} 份，再显示 ${Math.min(left, STEP)} 份`;
};

const showRows = (units) => {
  table.units = [...units];
  if (table.rates) {
    const at = shownRubric(units);
    table.units = table.units.filter((unit) => unit.rubric === at);
  }
  if (!columns().some(([name]) => name === table.sorted.name)) table.sorted = RANKED;
  sortRows();
  table.written = 0;
  byId("units").classList.toggle("rates", table.rates);
  heads();
  byId("units").tBodies[0].replaceChildren();
  more();
};

const toggle = async (event, unit) => {
  const button = event.currentTarget;
  const row = button.closest("tr");
  if (button.getAttribute("aria-expanded") === "true") {
    button.setAttribute("aria-expanded", "false");
    row.nextElementSibling.remove();
    return;
  }
  button.setAttribute("aria-expanded", "true");
  const inside = el("div", { class: "detail" }, "正在打开……");
  row.after(el("tr", { class: "detail" }, el("td", { colspan: columns().length }, inside)));
  inside.replaceChildren(...detail(await opened(unit)));
};
