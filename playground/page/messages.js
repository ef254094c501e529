// Lists messages: day dividers, new-message line, runs of one author, and staying at the bottom when there.

import { h, reconcile } from "./dom.js";
import { drawMessage } from "./message.js";
import { dayKey, dayName, replyWords } from "./people.js";
import { personById, state } from "./state.js";

const RUN_SECONDS = 300;

/** The messages of the channel itself, without replies in threads. */
export const roots = (messages) => messages.filter((each) =>
  !each.thread_ts || each.thread_ts === each.ts || each.subtype === "thread_broadcast");

export const repliesTo = (messages, ts) => messages.filter((each) => each.thread_ts === ts && each.ts !== ts);

/** Fill `box` with messages, of which only what changed is drawn anew; answers where and how many the new ones are. */
export function paintMessages(box, channel, messages, beginning, options = {}) {
  if (!box.keepsBottom) keepBottom(box);
  const first = { key: "beginning", signature: channel.id, build: () => beginning };
  const mark = options.inThread ? null : newMark(channel, messages);
  const items = messages.flatMap((message, at) => itemsFor(message, messages[at - 1], channel, mark?.ts, options));
  if (options.inThread && messages.length > 1) items.splice(1, 0, divider("count", replyWords(messages.length - 1), "replies"));
  reconcile(box, beginning ? [first, ...items] : items);
  if (box.isAtBottom) box.scrollTop = box.scrollHeight;
  return mark;
}

function keepBottom(box) {
  box.keepsBottom = true;
  box.isAtBottom = true;
  const stay = () => { if (box.isAtBottom) box.scrollTop = box.scrollHeight; };
  let top = 0;
  // Only a person scrolls upwards; a picture that loads makes the list longer and leaves the top where it was.
  box.addEventListener("scroll", () => {
    const isNear = box.scrollHeight - box.scrollTop - box.clientHeight < 48;
    box.isAtBottom = isNear || (box.isAtBottom && box.scrollTop >= top);
    top = box.scrollTop;
  });
  box.addEventListener("grown", stay);
  new ResizeObserver(stay).observe(box);
}

function itemsFor(message, before, channel, mark, options) {
  const at = Number(message.ts);
  const isNewDay = !options.inThread && (!before || dayKey(Number(before.ts)) !== dayKey(at));
  const isFirstNew = mark === message.ts;
  const afterCount = options.inThread && before?.ts === message.thread_ts;
  const follows = !isNewDay && !isFirstNew && !afterCount && continues(message, before);
  const today = dayKey(state.screen.now);
  const all = state.screen.messages[channel.id] ?? [];
  const replies = repliesTo(all, message.ts);
  const signature = JSON.stringify([message, follows, today, replies.map((each) => [each.user, each.ts]),
    personById(message.user), options.inThread]);
  return [
    isNewDay && divider(`day ${dayKey(at)}`, dayName(at, state.screen.now), "day"),
    isFirstNew && divider("new", "New", "new"),
    { key: message.ts, signature, build: () => drawMessage(message, { channel, follows, replies, ...options }) },
  ].filter(Boolean);
}

const divider = (key, words, look) => ({ key, signature: words, build: () =>
  h("div", { class: `divider divider-${look}`, role: "listitem" }, h("span", {}, words)) });

const continues = (message, before) => before && before.user === message.user && before.username === message.username
  && !message.ephemeral && !before.ephemeral && !before.subtype && !message.subtype
  && Number(message.ts) - Number(before.ts) < RUN_SECONDS;

const marks = new Map();
// The line stays where it was when the channel was opened, until it is opened again.
function newMark(channel, messages) {
  const key = `${state.person} ${state.place}`;
  if (marks.key !== key) {
    marks.clear();
    marks.key = key;
  }
  if (!marks.has(key)) {
    const unread = channel.unread ?? 0;
    const others = messages.filter((each) => each.user !== state.person);
    const first = others.at(-unread);
    marks.set(key, unread && first ? { ts: first.ts, count: unread } : null);
  }
  return marks.get(key);
}
