// Draws Block Kit blocks; a type we do not know becomes a loud box that names it.

import { enlarge } from "./dialog.js";
import { h } from "./dom.js";
import { drawElement } from "./elements.js";
import { inputBlock } from "./fields.js";
import { link } from "./links.js";
import { loud } from "./loud.js";
import { markdown } from "./markdown.js";
import { richText } from "./richtext.js";
import { table } from "./table.js";
import { textNodes, wordsOf } from "./text.js";

/** All blocks of a surface as nodes, in order. */
export const drawBlocks = (blocks, surface) => blocks.map((block) => drawBlock(block, surface));

function drawBlock(block, surface) {
  const draw = DRAW[block.type];
  return h("div", { class: `block block-${block.type}`, dataset: { blockId: block.block_id ?? "" } },
    draw ? draw(block, surface) : loud(`block type "${block.type}"`, block));
}

const DRAW = {
  section,
  header: (block) => h("div", { class: "block-heading", role: "heading", "aria-level": "3" }, textNodes(block.text)),
  context: (block) => block.elements.map((each) =>
    each.type === "image" ? smallImage(each) : h("span", { class: "context-text" }, textNodes(each))),
  divider: () => h("hr"),
  image: (block) => block.not_shown ? lostPicture(block)
    : pictureBox(block.image_url ?? "", block.alt_text, block.title && textNodes(block.title)),
  actions: (block, surface) => block.elements.map((element) => drawElement({ block, element, surface,
    a11y: { "aria-label": wordsOf(element.placeholder) || null } })),
  input: inputBlock,
  rich_text: richText,
  markdown: (block) => markdown(block.text),
  table,
  alert: (block) => h("div", { class: `alert alert-${block.level ?? "default"}`, role: "alert" }, textNodes(block.text)),
  video: (block) => h("div", { class: "simple-box" }, h("strong", {}, "Video: ", link(block.title_url ?? block.video_url,
    block.title?.text ?? "untitled")), block.description && h("div", {}, textNodes(block.description))),
};

function section(block, surface) {
  const body = h("div", { class: "section-body" },
    block.text && h("div", { class: "section-text" }, textNodes(block.text)),
    block.fields && h("div", { class: "section-fields" },
      block.fields.map((field) => h("div", { class: "section-field" }, textNodes(field)))));
  return [body, block.accessory && h("div", { class: "section-accessory" }, accessory(block, surface))];
}

function accessory(block, surface) {
  const element = block.accessory;
  if (element.type === "image" && element.not_shown) return lostPicture(element);
  if (element.type === "image") return h("img", { class: "accessory-image", src: element.image_url, alt: element.alt_text });
  const label = wordsOf(block.text) || wordsOf(element.placeholder) || "Options";
  return drawElement({ block, element, surface, a11y: { "aria-label": element.type === "button" ? null : label } });
}

const smallImage = (image) => image.not_shown ? lostPicture(image)
  : h("img", { class: "context-image", src: image.image_url, alt: image.alt_text });

/** What stands where somebody may not see a file, or where it was deleted. */
const lostPicture = (image) => h("div", { class: "simple-box" },
  image.not_shown === "file_deleted" ? "This file was deleted." : "File not found.");

/** An image that enlarges on click, with its title above. */
export function pictureBox(url, altText, title) {
  return h("figure", { class: "picture" }, title && h("figcaption", {}, title),
    h("button", { type: "button", class: "picture-button", "aria-label": `Enlarge image: ${altText}`,
      dataset: { focus: `picture ${url}` }, onclick: () => enlarge(url, altText) },
    h("img", { src: url, alt: altText, onload: (event) => event.target.dispatchEvent(new Event("grown", { bubbles: true })) })));
}
