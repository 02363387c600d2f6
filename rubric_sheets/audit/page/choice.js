// Which units are shown.
const form = byId("choice");
const FOUND = [
  ["错误", "有错误的", (unit) => unit.errors > 0],
  ["提示", "有提示的", (unit) => unit.warnings > 0],
  ["没有", "没有错误和提示的", (unit) => unit.errors + unit.warnings === 0],
  ["多评", "自评高于测算的", (unit) => unit.overNumber !== null && unit.overNumber > 0],
  ["未完", "分数不齐全的", (unit) => !unit.complete],
];

const chosen = () => {
  const { text, rubric, year, bureau, grade, found, code } = form.elements;
  const words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
  const wanted = FOUND.find(([name]) => name === found.value);
  return all.units.filter(
    (unit) =>
      words.every((word) => unit.found.includes(word)) &&
      (rubric.value === "" || unit.rubric === Number(rubric.value)) &&
      (year.value === "" || String(unit.year) === year.value) &&
      (bureau.value === "" || unit.bureau === bureau.value) &&
      (grade.value === "" || unit.grade === grade.value) &&
      (!wanted || wanted[2](unit)) &&
      (code.value === "" || unit.codes.includes(Number(code.value))),
  );
};

// The choices that there are, each with how many units it has; a list of one is no choice.
const counted = (values) => {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
};

const offer = (name, entries) => {
  const select = form.elements[name];
  select.replaceChildren(
    el("option", { value: "" }, "全部"),
    ...entries.map(([value, text, count]) => el("option", { value }, `${text}（${count}）`)),
  );
  select.parentElement.hidden = entries.length < 2;
};

const byText = new Intl.Collator("zh-CN", { numeric: true });
const graded = (name) => (all.grades.includes(name[0]) ? all.grades.indexOf(name[0]) : 99);

const offerAll = () => {
  const values = (name) => [...counted(all.units.map((unit) => unit[name]).filter((one) => one !== "" && one !== null))];
  const sorted = (entries) => entries.sort((a, b) => byText.compare(String(a[0]), String(b[0])));
  offer("rubric", values("rubric").map(([at, count]) => [at, all.rubrics[at][0], count]));
  offer("year", sorted(values("year")).map(([year, count]) => [year, year, count]));
  offer("bureau", sorted(values("bureau")).map(([bureau, count]) => [bureau, bureau, count]));
  const grades = values("grade").sort((a, b) => graded(a[0]) - graded(b[0]) || byText.compare(a[0], b[0]));
  offer("grade", grades.map(([grade, count]) => [grade, grade, count]));
  offer("found", FOUND.map(([name, text, test]) => [name, text, all.units.filter(test).length]));
  const codes = counted(all.units.flatMap((unit) => unit.codes));
  offer("code", [...codes].sort((a, b) => a[0] - b[0]).map(([at, count]) => {
    const [kind, severity] = all.codes[at];
    return [at, `${severity}：${short(kind, 40)}`, count];
  }));
};
