// What the page holds: packed, and unpacked when somebody asks.
const unpacked = async (id) => {
  const packed = Uint8Array.from(atob(byId(id).textContent), (sign) => sign.charCodeAt(0));
  const text = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(text).text());
};

const FIELDS = ["rank", "name", "project", "bureau", "year", "rubric", "kind", "claimed", "total",
  "full", "over", "claimedGrade", "grade", "complete", "errors", "warnings", "notes", "file", "way",
  "codes", "rates"];
const all = { units: [], rubrics: [], codes: [] };
const blocks = new Map();

const named = (row, at) => {
  const unit = Object.fromEntries(FIELDS.map((name, i) => [name, row[i]]));
  unit.at = at;
  for (const name of ["claimed", "total", "full", "over"]) {
    unit[`${name}Number`] = number(unit[name]);
  }
  unit.points = unit.totalNumber === null ? null : (unit.totalNumber * 100) / unit.fullNumber;
  unit.claimedPoints = unit.claimedNumber === null ? null : (unit.claimedNumber * 100) / unit.fullNumber;
  unit.found = `${unit.name} ${unit.project} ${unit.file}`.toLowerCase();
  return unit;
};

const opened = async (unit) => {
  const block = Math.floor(unit.at / all.block);
  if (!blocks.has(block)) blocks.set(block, unpacked(`block-${block}`));
  return (await blocks.get(block))[unit.at % all.block];
};
