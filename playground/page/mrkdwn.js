// Renders Slack's mrkdwn as DOM nodes: markup in a message can style its words and nothing else.

import { h } from "./dom.js";
import { emoji } from "./emoji.js";
import { broadcast, channelLink, link, mention } from "./links.js";
import { fillDate } from "./people.js";
import { state } from "./state.js";

const ENTITIES = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };
const decode = (text) => text.replace(/&(amp|lt|gt);/g, (entity) => ENTITIES[entity]);

/** Nodes for a whole mrkdwn text: fenced blocks, quotes, list lines and styled words. */
export function mrkdwn(text) {
  return text.split(/(```[\s\S]+?```)/).flatMap((part) =>
    part.startsWith("```") && part.length > 6 ? fenced(part.slice(3, -3)) : lines(part));
}

const fenced = (code) => h("pre", { class: "code-block" }, decode(code.replace(/^\n/, "").replace(/\n$/, "")));

function lines(text) {
  if (!text) return [];
  const rows = text.replace(/^\n|\n$/g, "").split("\n");
  const out = [];
  for (let at = 0; at < rows.length;) {
    const run = takeWhile(rows, at, QUOTE);
    out.push(run.length ? quote(run) : line(rows[at]));
    at += run.length || 1;
  }
  return out;
}

const QUOTE = /^(?:&gt;|>)/;
const takeWhile = (rows, from, pattern) => {
  let to = from;
  while (to < rows.length && pattern.test(rows[to])) to += 1;
  return rows.slice(from, to);
};
const quote = (rows) => h("blockquote", {}, rows.map((row) => line(row.replace(QUOTE, "").replace(/^ /, ""))));

function line(row) {
  const item = /^\s*(?:[•◦▪-]|\d+\.)\s/.test(row);
  return h("div", { class: item ? "line line-item" : "line" }, row.trim() === "" ? h("br") : inline(row));
}

// Each rule looks at the text from where we stand; the first that fits takes its share.
const RULES = [
  [/^<([^<>\n]+)>/, ([, inside]) => angle(inside)],
  [/^`([^`\n]+)`/, ([, code]) => h("code", {}, decode(code))],
  [/^:([\w+-]+):/, ([, name]) => emoji(name)],
  [styled("*"), ([, inside]) => h("strong", {}, inline(inside))],
  [styled("_"), ([, inside]) => h("em", {}, inline(inside))],
  [styled("~"), ([, inside]) => h("s", {}, inline(inside))],
];

function styled(mark) {
  const sign = mark === "*" ? "\\*" : mark;
  return new RegExp(`^${sign}(?![\\s${sign}])((?:[^${sign}\\n]*[^\\s${sign}])?)${sign}(?![\\p{L}\\p{N}${sign}])`, "u");
}

/** Nodes for one line of mrkdwn. */
function inline(text) {
  const out = [];
  let plain = "";
  for (let at = 0; at < text.length;) {
    const taken = firstRule(text, at);
    if (taken) {
      out.push(decode(plain), taken.node);
      plain = "";
      at += taken.length;
    } else plain += text[at++];
  }
  return [...out, decode(plain)].filter((node) => node !== "");
}

function firstRule(text, at) {
  if (!"<`:*_~".includes(text[at])) return null;
  const midWord = at > 0 && /[\p{L}\p{N}]/u.test(text[at - 1]);
  if (midWord && "*_~".includes(text[at])) return null;
  for (const [pattern, build] of RULES) {
    const match = pattern.exec(text.slice(at));
    const node = match && (match[1] || null) && build(match);
    if (node) return { node, length: match[0].length };
  }
  return null;
}

function angle(inside) {
  const bar = inside.indexOf("|");
  const target = decode(bar < 0 ? inside : inside.slice(0, bar));
  const label = bar < 0 ? "" : inside.slice(bar + 1);
  if (target.startsWith("@")) return mention(target.slice(1), decode(label));
  if (target.startsWith("#")) return channelLink(target.slice(1), decode(label));
  if (target.startsWith("!")) return special(target.slice(1), decode(label));
  if (/^(https?:|mailto:|tel:)/i.test(target)) return link(target, ...(label ? inline(label) : []));
  return h("span", {}, `<${decode(inside)}>`);
}

function special(command, label) {
  const [kind, stamp, format, url] = command.split("^");
  if (kind === "date") {
    const epoch = Number(stamp);
    const words = epoch ? fillDate(epoch, format ?? "", state.screen.now) : label;
    const when = h("time", { datetime: epoch ? new Date(epoch * 1000).toISOString() : null, title: label || null }, words);
    return url ? link(url, when) : when;
  }
  if (kind === "subteam") return h("span", { class: "mention" }, label || "@group");
  return broadcast(label.replace(/^@/, "") || kind);
}
