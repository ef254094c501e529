// Renders the standard Markdown of a markdown block: headings, lists, quotes, fences, links and styles.

import { h } from "./dom.js";
import { emoji } from "./emoji.js";
import { link } from "./links.js";

/** Nodes for a Markdown text. */
export function markdown(text) {
  return text.split(/^(```[\s\S]*?^```)\s*$/m).flatMap((part) =>
    part.startsWith("```") ? h("pre", { class: "code-block" }, part.replace(/^```.*\n|\n?```$/g, "")) : groups(part));
}

const KINDS = [
  [/^(#{1,6})\s+(.*)$/, "heading"],
  [/^>\s?(.*)$/, "quote"],
  [/^\s*[-*+]\s+(.*)$/, "bullet"],
  [/^\s*\d+[.)]\s+(.*)$/, "number"],
  [/^(?:---+|\*\*\*+)\s*$/, "rule"],
  [/^\|(.+)\|\s*$/, "row"],
  [/^\s*$/, "gap"],
];

const kindOf = (row) => KINDS.find(([pattern]) => pattern.test(row))?.[1] ?? "words";

function groups(text) {
  const out = [];
  for (const row of text.split("\n")) {
    const kind = kindOf(row);
    const last = out.at(-1);
    if (last?.kind === kind && kind !== "heading") last.rows.push(row);
    else out.push({ kind, rows: [row] });
  }
  return out.map(({ kind, rows }) => BUILD[kind](rows)).filter(Boolean);
}

const inside = (row, kind) => words(KINDS.find(([, each]) => each === kind)[0].exec(row).at(-1));
const items = (tag, kind) => (rows) => h(tag, {}, rows.map((row) => h("li", {}, inside(row, kind))));

const BUILD = {
  heading: ([row]) => h("div", { class: "markdown-heading", role: "heading", "aria-level": "4" }, inside(row, "heading")),
  quote: (rows) => h("blockquote", {}, rows.map((row) => h("div", {}, inside(row, "quote")))),
  bullet: items("ul", "bullet"),
  number: items("ol", "number"),
  rule: () => h("hr"),
  row: (rows) => grid(rows.map((row) => row.replace(/^\||\|\s*$/g, "").split("|").map((cell) => cell.trim()))),
  gap: () => null,
  words: (rows) => h("p", {}, rows.flatMap((row, at) => [at > 0 && h("br"), words(row)])),
};

function grid([head, ...rows]) {
  const body = rows.filter((cells) => !cells.every((cell) => /^:?-+:?$/.test(cell)));
  return h("table", { class: "table-block" },
    h("thead", {}, h("tr", {}, head.map((cell) => h("th", { scope: "col" }, words(cell))))),
    h("tbody", {}, body.map((cells) => h("tr", {}, cells.map((cell) => h("td", {}, words(cell)))))));
}

const INLINE = [
  [/`([^`]+)`/, ([, code]) => h("code", {}, code)],
  [/\[([^\]]+)\]\(([^)\s]+)\)/, ([, label, url]) => link(url, label)],
  [/\*\*(.+?)\*\*/, ([, bold]) => h("strong", {}, words(bold))],
  [/~~(.+?)~~/, ([, struck]) => h("s", {}, words(struck))],
  [/(?<![\p{L}\p{N}])[*_](\S(?:.*?\S)?)[*_](?![\p{L}\p{N}])/u, ([, leaning]) => h("em", {}, words(leaning))],
  [/:([\w+-]+):/, ([whole, name]) => emoji(name) ?? whole],
];

function words(text) {
  const found = INLINE.map(([pattern, build]) => [pattern.exec(text), build]).filter(([match]) => match)
    .sort(([one], [other]) => one.index - other.index)[0];
  if (!found) return [text];
  const [match, build] = found;
  return [text.slice(0, match.index), build(match), ...words(text.slice(match.index + match[0].length))];
}
