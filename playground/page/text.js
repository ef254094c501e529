// Shows a text object, mrkdwn or plain, as nodes, and says it as words for labels.

import { h } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { loud } from "./loud.js";
import { mrkdwn } from "./mrkdwn.js";

export function textNodes(text) {
  if (!text) return [];
  if (text.type === "mrkdwn") return mrkdwn(text.text);
  if (text.type === "plain_text") return [h("span", { class: "plain" }, ...withEmoji(text.text))];
  return [loud(`text type "${text.type}"`, text)];
}

/** The words alone, shortened, for an aria-label. */
export const wordsOf = (text) => (text?.text ?? "").replace(/[*_~`]|<[^>]*>/g, "").trim().slice(0, 80);
