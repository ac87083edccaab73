// Sorts the table by the column whose heading is pressed; pressed again, the other way round.
"use strict";
const compare = (a, b) => {
  const [x, y] = [Number(a), Number(b)];
  if (a !== "" && b !== "" && !Number.isNaN(x) && !Number.isNaN(y)) return x - y;
  return a.localeCompare(b, document.documentElement.lang, {numeric: true});
};
const table = document.querySelector("table.sortable");
const headings = table ? [...table.tHead.rows[0].cells] : [];
headings.forEach((heading, place) => heading.querySelector("button").addEventListener("click", () => {
  const up = heading.getAttribute("aria-sort") !== "ascending";
  headings.forEach(each => each.removeAttribute("aria-sort"));
  heading.setAttribute("aria-sort", up ? "ascending" : "descending");
  const rows = [...table.tBodies[0].rows];
  const by = row => row.cells[place].dataset.by;
  rows.sort((one, other) => (up ? 1 : -1) * compare(by(one), by(other)));
  table.tBodies[0].append(...rows);
}));
