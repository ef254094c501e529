// Renders rich_text blocks: sections, nested lists, quotes and preformatted text.

import { h } from "./dom.js";
import { emoji } from "./emoji.js";
import { broadcast, channelLink, link, mention } from "./links.js";
import { loud } from "./loud.js";
import { fillDate } from "./people.js";
import { state } from "./state.js";

export const richText = (block) => h("div", { class: "rich-text" }, (block.elements ?? []).map(part));

const part = (element) => (PARTS[element.type] ?? unknown)(element);
const unknown = (element) => loud(`rich text element "${element.type}"`, element);

const PARTS = {
  rich_text_section: (section) => h("div", { class: "line" }, leaves(section)),
  rich_text_quote: (quote) => h("blockquote", {}, leaves(quote)),
  rich_text_preformatted: (code) => h("pre", { class: "code-block" }, leaves(code)),
  rich_text_list: list,
};

function list(element) {
  return h(element.style === "ordered" ? "ol" : "ul",
    { class: `indent-${Math.min(element.indent ?? 0, 8)}`, start: element.offset ? element.offset + 1 : null },
    element.elements.map((item) => h("li", {}, leaves(item))));
}

const leaves = (holder) => holder.elements.map((leaf) => styledLeaf(leaf, (LEAVES[leaf.type] ?? unknown)(leaf)));

const LEAVES = {
  text: (leaf) => leaf.text,
  link: (leaf) => link(leaf.url, leaf.text || leaf.url),
  emoji: (leaf) => emoji(leaf.name) ?? `:${leaf.name}:`,
  user: (leaf) => mention(leaf.user_id),
  channel: (leaf) => channelLink(leaf.channel_id),
  usergroup: () => h("span", { class: "mention" }, "@group"),
  broadcast: (leaf) => broadcast(leaf.range),
  date: (leaf) => fillDate(leaf.timestamp, leaf.format, state.screen.now),
  color: (leaf) => h("code", {}, leaf.value),
};

const TAGS = { bold: "strong", italic: "em", strike: "s", code: "code", underline: "u" };

function styledLeaf(leaf, node) {
  return Object.keys(TAGS).filter((style) => leaf.style?.[style]).reduce((inner, style) => h(TAGS[style], {}, inner), node);
}
