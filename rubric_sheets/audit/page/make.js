// Elements made of names and texts: a text from a file is only ever a text node or an attribute.
const put = (node, names, children) => {
  for (const [name, value] of Object.entries(names)) {
    if (typeof value === "function") node.addEventListener(name, value);
    else if (value !== null && value !== false) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child !== null));
  return node;
};
const el = (tag, names = {}, ...children) => put(document.createElement(tag), names, children);
const draw = (tag, names = {}, ...children) =>
  put(document.createElementNS("http://www.w3.org/2000/svg", tag), names, children);
const byId = (id) => document.getElementById(id);

// The program writes ways relative to this page only; anything else stays a text.
const link = (text, way) => (way.startsWith("./") ? el("a", { href: way }, text) : el("span", {}, text));

// A number as the store has it, exact and without zeros at its end; "" is none.
const number = (text) => (text === "" || text === null ? null : Number(text));
// For a table; the exact figure is told by whoever shows it.
const brief = (text) => (/\.\d{4}/.test(text) ? String(Math.round(Number(text) * 1000) / 1000) : text);
const percent = (share) => `${(share * 100).toFixed(1)}%`;
const short = (text, most) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

// From red over yellow to green, as the summary's map of heat; the figure always stands in it too.
const HEAT = [[0, [229, 115, 115]], [0.8, [250, 227, 150]], [1, [129, 190, 137]]];
const heat = (share) => {
  const at = Math.min(Math.max(share, 0), 1);
  const [low, high] = at <= 0.8 ? HEAT.slice(0, 2) : HEAT.slice(1);
  const way = (at - low[0]) / (high[0] - low[0]);
  return `rgb(${low[1].map((from, i) => Math.round(from + (high[1][i] - from) * way)).join(" ")})`;
};
