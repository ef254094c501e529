// Speaks new messages of the open conversation to screen readers, by their plain text.

import { h } from "./dom.js";
import { currentChannel, nameOf, personById } from "./state.js";

let known = { place: null, seen: new Set() };

/** Say what came since the last time; moving to another conversation starts anew, in silence. */
export function announce({ screen, person }) {
  const channel = currentChannel();
  const place = `${person}/${channel?.id}`;
  const messages = screen.messages[channel?.id] ?? [];
  const fresh = messages.filter((message) => !known.seen.has(message.ts) && message.user !== person);
  const isNewPlace = known.place !== place;
  known = { place, seen: new Set(messages.map((message) => message.ts)) };
  if (isNewPlace) return;
  const live = document.getElementById("live");
  live.append(...fresh.map((message) => h("p", {},
    `${message.username || nameOf(personById(message.user))}: ${message.text || "a message"}`)));
  while (live.children.length > 20) live.firstChild.remove();
}
