// Draws table blocks: the first row heads the columns, numbers and columns keep their alignment.

import { h } from "./dom.js";
import { loud } from "./loud.js";
import { richText } from "./richtext.js";

export function table(block) {
  const settings = block.column_settings ?? [];
  const [head = [], ...rows] = block.rows;
  return h("div", { class: "table-scroll", tabindex: "0", role: "region", "aria-label": "Table" },
    h("table", { class: "table-block" },
      h("thead", {}, h("tr", {}, head.map((cell, at) => h("th", { scope: "col", class: look(settings[at]) }, inside(cell))))),
      h("tbody", {}, rows.map((row) => h("tr", {},
        row.map((cell, at) => h("td", { class: look(settings[at]) }, inside(cell))))))));
}

const look = (setting) => `align-${setting?.align ?? "left"} ${setting?.is_wrapped ? "wraps" : ""}`;

function inside(cell) {
  if (cell.type === "raw_text") return cell.text;
  if (cell.type === "raw_number") return cell.text ?? String(cell.value ?? cell.number);
  if (cell.type === "rich_text") return richText(cell);
  return loud(`table cell type "${cell.type}"`, cell);
}
