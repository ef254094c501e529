// The thread pane at the right: the first message, the replies, and a box to answer.

import { composerFor } from "./composer.js";
import { h, iconButton, paint } from "./dom.js";
import { paintMessages, repliesTo } from "./messages.js";
import { atTheApp, currentChannel, go, isTurnedOff, nameOf, personById, state } from "./state.js";

export function paintThread({ screen, thread, tab, person }) {
  const box = document.getElementById("thread");
  const channel = currentChannel();
  const all = screen.messages[channel?.id] ?? [];
  const first = thread && !(atTheApp() && tab === "home") && all.find((each) => each.ts === thread);
  box.hidden = !first;
  document.body.classList.toggle("thread-open", Boolean(first));
  if (!first) { box.paintedAs = null; return; }
  paint(box, JSON.stringify([person, channel.id, thread]), () => build(channel, thread));
  const replies = repliesTo(all, thread);
  paintMessages(box.querySelector(".messages"), channel, [first, ...replies], null, { inThread: true });
}

function build(channel, thread) {
  const name = channel.kind === "im" ? nameOf(personById(channel.person)) : `#${channel.name}`;
  const composer = channel.is_archived || isTurnedOff() ? null : composerFor({ key: `${state.person} ${channel.id} ${thread}`, channel: channel.id,
    thread, label: "Reply in thread" });
  if (composer) requestAnimationFrame(() => composer.querySelector("textarea").focus());
  return [h("header", { class: "pane-head" }, h("h2", {}, "Thread ", h("small", {}, name)),
    iconButton("close", "Close thread", close)),
  h("div", { class: "messages", role: "list", "aria-label": "Thread", tabindex: "0" }),
  h("div", { class: "composer-slot" }, composer)];
}

function close() {
  const ts = state.thread;
  go({ thread: null });
  document.querySelector(`#messages [data-ts="${ts}"] button`)?.focus();
}
