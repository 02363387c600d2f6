// Charts of the units that are shown.
const WIDE = 560;
const HIGH = 250;
const EDGE = { left: 40, right: 12, top: 18, bottom: 34 };

const card = (title, note, ...inside) =>
  el("figure", {}, el("figcaption", {}, el("strong", {}, title), note ? el("span", {}, note) : null), ...inside);
const label = (x, y, text, names = {}) => draw("text", { x, y, ...names }, String(text));
const chart = (title, ...inside) =>
  draw("svg", { viewBox: `0 0 ${WIDE} ${HIGH}`, role: "img", "aria-label": title }, ...inside);
const key = (...entries) =>
  el("ul", { class: "key" }, entries.map(([name, text]) => el("li", { class: name }, text)));

// About four lines of round numbers up to the highest.
const ticks = (most) => {
  const rough = Math.max(most, 4) / 4;
  const size = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((times) => times * size).find((one) => one >= rough);
  return Array.from({ length: Math.ceil(most / step) + 1 }, (_, i) => i * step);
};

const spread = (units) => {
  const steps = all.steps;
  const names = steps.map((low, i) => (i === 0 ? `<${steps[1]}` : i === steps.length - 1 ? `≥${low}` : `${low}–`));
  const count = (field) => {
    const counts = steps.map(() => 0);
    for (const unit of units) {
      if (unit[field] !== null) counts[steps.findLastIndex((low) => unit[field] >= low)] += 1;
    }
    return counts;
  };
  const both = [["claimed", count("claimedPoints")], ["total", count("points")]];
  const lines = ticks(Math.max(1, ...both.flatMap(([, counts]) => counts)));
  const top = lines.at(-1);
  const y = (value) => HIGH - EDGE.bottom - (value / top) * (HIGH - EDGE.top - EDGE.bottom);
  const room = (WIDE - EDGE.left - EDGE.right) / steps.length;
  const bar = room * 0.36;
  const inside = lines.flatMap((value) => [
    draw("line", { class: "grid", x1: EDGE.left, x2: WIDE - EDGE.right, y1: y(value), y2: y(value) }),
    label(EDGE.left - 6, y(value) + 4, value, { class: "end" }),
  ]);
  steps.forEach((_, i) => {
    both.forEach(([name, counts], side) => {
      const x = EDGE.left + room * (i + 0.5) + (side - 1) * (bar + 1);
      inside.push(
        draw("rect", { class: name, x, y: y(counts[i]), width: bar, height: y(0) - y(counts[i]), rx: 1.5 },
          draw("title", {}, `${names[i]} 分：${side ? "测算" : "自评"} ${counts[i]} 份`)),
      );
    });
    inside.push(label(EDGE.left + room * (i + 0.5), HIGH - EDGE.bottom + 16, names[i], { class: "middle" }));
  });
  return card("总分的分布", "份数；满分不是 100 的按 100 折算",
    chart("自评总分和测算总分在各分数段的份数", ...inside), key(["claimed", "自评"], ["total", "测算"]));
};

// A dot for each half point, as big as there are units.
const pairs = (units) => {
  const both = units.filter((unit) => unit.points !== null && unit.claimedPoints !== null);
  const spots = counted(both.map((unit) => `${Math.round(unit.claimedPoints * 2)} ${Math.round(unit.points * 2)}`));
  const values = both.flatMap((unit) => [unit.claimedPoints, unit.points]).sort((a, b) => a - b);
  // Without the few at both ends, which stand at the edge.
  const low = Math.min(90, Math.max(0, Math.floor((values[Math.floor(values.length / 50)] ?? 0) / 10) * 10));
  const high = Math.max(100, Math.ceil((values[Math.floor(values.length * 0.98)] ?? 100) / 10) * 10);
  const share = (value) => (Math.min(Math.max(value, low), high) - low) / (high - low);
  const side = HIGH - EDGE.top - EDGE.bottom;
  const x = (value) => EDGE.left + share(value) * (WIDE - EDGE.left - EDGE.right);
  const y = (value) => HIGH - EDGE.bottom - share(value) * side;
  const step = high - low > 40 ? 20 : 10;
  const inside = [];
  for (let value = low; value <= high; value += step) {
    inside.push(
      draw("line", { class: "grid", x1: EDGE.left, x2: WIDE - EDGE.right, y1: y(value), y2: y(value) }),
      label(EDGE.left - 6, y(value) + 4, value, { class: "end" }),
      label(x(value), HIGH - EDGE.bottom + 16, value, { class: "middle" }),
    );
  }
  inside.push(
    draw("line", { class: "even", x1: x(low), y1: y(low), x2: x(high), y2: y(high) }),
    label(WIDE - EDGE.right, HIGH - 4, "自评 →", { class: "end" }),
    label(EDGE.left + 6, 12, "↑ 测算"),
  );
  const most = Math.max(1, ...spots.values());
  for (const [spot, count] of [...spots].sort((a, b) => b[1] - a[1])) {
    const [claimed, points] = spot.split(" ").map((half) => Number(half) / 2);
    const r = 2.5 + 8 * Math.sqrt(count / most) * Math.min(1, most / 12);
    const name = claimed > points ? "over" : "total";
    inside.push(draw("circle", { class: `dot ${name}`, cx: x(claimed), cy: y(points), r },
      draw("title", {}, `自评约 ${claimed} 分，测算约 ${points} 分：${count} 份`)));
  }
  const above = both.filter((unit) => unit.overNumber > 0).length;
  return card("自评与测算", `${above} 份自评高于测算，在斜线下方；共 ${both.length} 份两样都有`,
    chart("每份的自评总分和测算总分", ...inside), key(["over", "自评高于测算"], ["total", "其余"]));
};

const bars = (entries) =>
  el("ol", { class: "bars" }, entries.map(([text, share, shown, names, act]) => {
    const fill = el("span", { class: `fill ${names.fill ?? ""}` });
    fill.style.inlineSize = percent(share);
    if (names.colour) fill.style.backgroundColor = names.colour;
    const inside = [el("span", { class: "what" }, text), el("span", { class: "bar" }, fill), el("span", { class: "much" }, shown)];
    return el("li", {}, act ? el("button", { type: "button", title: names.title ?? null, click: act }, ...inside) : el("div", { title: names.title ?? null }, ...inside));
  }));

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

const rateBars = (units) => {
  const at = shownRubric(units);
  if (at === null) return null;
  const mine = units.filter((unit) => unit.rubric === at);
  const entries = all.rubrics[at][1]
    .map((text, i) => [text, mine.map((unit) => unit.rates[i]).filter((rate) => rate !== null)])
    .filter(([, rates]) => rates.length)
    .map(([text, rates]) => [text, mean(rates) / 1000, rates.filter((rate) => rate < 1000).length])
    .sort((a, b) => a[1] - b[1]);
  const rows = entries.slice(0, 10).map(([text, rate, lost]) =>
    [text, rate, percent(rate), { colour: heat(rate), title: `${lost} 份丢分` }]);
  return card("丢分最多的指标", `平均得分率；${all.rubrics[at][0]}，${mine.length} 份`, bars(rows));
};

const frequent = (units) => {
  const codes = [...counted(units.flatMap((unit) => unit.codes))].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  const rows = codes.slice(0, 10).map(([at, count]) => {
    const [kind, severity, text] = all.codes[at];
    const act = () => {
      form.elements.code.value = form.elements.code.value === String(at) ? "" : String(at);
      form.dispatchEvent(new Event("input"));
    };
    return [el("span", {}, el("b", { class: severity }, severity), ` ${kind}`), count / units.length,
      `${count} 份`, { title: `例：${text}`, fill: severity }, act];
  });
  return rows.length ? card("最常见的问题", "点一下只看有这个问题的，再点一下放开", bars(rows)) : null;
};

const drawAll = (units) => {
  const made = units.length ? [spread, pairs, rateBars, frequent].map((one) => one(units)) : [];
  byId("charts").replaceChildren(...made.filter((one) => one !== null));
};

const tile = (text, value, note = "") =>
  el("div", { class: "tile" }, el("span", {}, text), el("strong", {}, String(value)), el("small", {}, note));

const tiles = (units) => {
  const sum = (name) => units.reduce((whole, unit) => whole + unit[name], 0);
  const average = (name) => {
    const values = units.map((unit) => unit[name]).filter((value) => value !== null);
    return values.length ? mean(values).toFixed(2) : "—";
  };
  const others = all.handedIn.length ? `另有报送件 ${new Set(all.handedIn.map(([file]) => file)).size} 份` : "";
  const whole = units.length === all.units.length ? others : `共 ${all.units.length} 份`;
  byId("counts").replaceChildren(
    tile("份数", units.length, whole),
    tile("测算平均", average("points"), "按 100 分折算"),
    tile("自评平均", average("claimedPoints"), "按 100 分折算"),
    tile("错误", sum("errors"), `${units.filter((unit) => unit.errors).length} 份里有`),
    tile("提示", sum("warnings"), `${units.filter((unit) => unit.warnings).length} 份里有`),
    tile("读不了", all.unread.length, all.unread.length ? "见最下面" : ""),
  );
};
