// Shows links, mentions and channel names; only addresses of web and mail can be followed.

import { h } from "./dom.js";
import { channelById, go, me, nameOf, personById } from "./state.js";

const SAFE = /^(https?:\/\/|mailto:|tel:)/i;

/** A link that opens elsewhere; an address of any other kind is shown as plain text. */
export function link(url, ...children) {
  const shown = children.length ? children : [url.replace(/^mailto:/, "")];
  if (!SAFE.test(url)) return h("span", {}, ...shown);
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, ...shown);
}

export function mention(userId, label) {
  const person = personById(userId);
  const mine = me().id === userId ? "mention-me" : "";
  return h("span", { class: `mention ${mine}` }, `@${person ? nameOf(person) : label || "unknown"}`);
}

export function channelLink(channelId, label) {
  const channel = channelById(channelId);
  if (!channel) return h("span", { class: "mention" }, label ? `#${label}` : "a private channel");
  const follow = (event) => { event.preventDefault(); go({ place: channelId, thread: null }); };
  return h("a", { class: "mention", href: `#/${me().id}/${channelId}`, onclick: follow }, `#${channel.name}`);
}

export const broadcast = (range) => h("span", { class: "mention mention-me" }, `@${range}`);
