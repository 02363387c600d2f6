const show = () => {
  const units = chosen();
  tiles(units);
  drawAll(units);
  showRows(units);
  const rubric = table.rates && units.length ? `，只列${all.rubrics[shownRubric(units)][0]}的 ${table.units.length} 份` : "";
  byId("shown").textContent = units.length === 0 ? "没有这样的单位，请放宽筛选。" : `列出 ${units.length} 份${rubric}`;
};

const view = (rates) => {
  table.rates = rates;
  byId("view-points").setAttribute("aria-pressed", String(!rates));
  byId("view-rates").setAttribute("aria-pressed", String(rates));
  show();
};

// Files of which there is nothing but a word to say.
const told = (id, files, names) => {
  const section = byId(id);
  section.hidden = files.length === 0;
  const made = el("table", {},
    el("thead", {}, el("tr", {}, names.map((text) => el("th", { scope: "col" }, text)))),
    el("tbody", {}, files.map(([file, way, message, fix]) =>
      el("tr", {}, el("td", { class: "small" }, link(file, way)), cells([message, fix])))));
  section.querySelector(".wide").replaceChildren(made);
};

const below = () => {
  const twice = all.counts.duplicates;
  byId("twice").hidden = twice.length === 0;
  byId("twice").querySelector("ul").replaceChildren(...twice.map((one) =>
    el("li", {}, `${one.unit}${one.project ? `“${one.project}”` : ""} ${one.year} 年有 ${one.files.length} 份${one.same ? "，内容相同" : ""}：${one.files.join("、")}`)));
  told("unread", all.unread, ["文件", "原因", "办法"]);
  told("handed-in", all.handedIn, ["文件", "核对结果", "办法"]);
};

const start = async () => {
  if (typeof DecompressionStream === "undefined") {
    byId("said").textContent = "这个浏览器太旧，打不开这一页。请换用 Chrome、Edge、Firefox 或 Safari 的新版本，或看汇总表。";
    return;
  }
  const found = await unpacked("all");
  const lists = Array.from({ length: found.lists }, (_, i) => unpacked(`units-${i}`));
  Object.assign(all, found, { units: (await Promise.all(lists)).flat().map(named) });
  offerAll();
  below();
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", show);
  form.addEventListener("reset", () => setTimeout(show));
  byId("view-points").addEventListener("click", () => view(false));
  byId("view-rates").addEventListener("click", () => view(true));
  byId("more").addEventListener("click", more);
  new IntersectionObserver((seen) => {
    if (seen.some((one) => one.isIntersecting) && !byId("more").hidden) more();
  }, { rootMargin: "400px" }).observe(byId("more"));
  byId("said").textContent = "点单位名称看它的每一条发现和每一项得分；图表和总数随筛选而变。";
  byId("main").hidden = false;
  show();
};

start().catch((fault) => {
  byId("said").textContent = `这一页打不开，可能没有存完整（${fault}）。请重新生成，或看汇总表。`;
});
