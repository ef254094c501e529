// Draws one message: author, time, blocks or text, files, reactions, thread link and the toolbar on hover.

import { drawBlocks, pictureBox } from "./blocks.js";
import { h, icon, iconButton } from "./dom.js";
import { emoji } from "./emoji.js";
import { openMenu } from "./menu.js";
import { mrkdwn } from "./mrkdwn.js";
import { avatar, clockTime, dayInSentence, fullMoment, replyWords } from "./people.js";
import { act, go, nameOf, personById, state } from "./state.js";
import { Surface } from "./surface.js";

/** `place` is {channel, follows, replies, inThread}; `follows` leaves out what the message before said. */
export function drawMessage(message, place) {
  const author = personById(message.user);
  const name = message.username || nameOf(author);
  const looks = ["message", place.follows && "follows", message.ephemeral && "ephemeral", /^channel_/.test(message.subtype ?? "") && "system"];
  return h("div", { class: looks.filter(Boolean).join(" "), role: "listitem", dataset: { ts: message.ts },
    "aria-label": `${name}, ${clockTime(Number(message.ts))}` },
  h("div", { class: "gutter" }, place.follows ? smallStamp(message) : avatar(author ?? { id: name, name })),
  h("div", { class: "message-body" },
    message.ephemeral && h("div", { class: "only-you" }, icon("eye"), "Only visible to you"),
    !place.follows && headOf(message, name), contentOf(message, place.channel), filesOf(message), reactionsOf(message, place.channel),
    !place.inThread && threadLink(message, place.replies)),
  toolbar(message, place, name));
}

const headOf = (message, name) => h("div", { class: "message-head" }, h("span", { class: "author" }, name),
  message.is_bot && h("span", { class: "app-badge" }, "APP"), stamp(message));

const stamp = (message, look = "", words = clockTime(Number(message.ts))) => h("time", { class: `stamp ${look}`,
  title: fullMoment(Number(message.ts)), datetime: new Date(Number(message.ts) * 1000).toISOString() }, words);

// Beside the words there is room for the hour alone.
const smallStamp = (message) => stamp(message, "stamp-small", clockTime(Number(message.ts)).replace(/\s[AP]M$/, ""));

function contentOf(message, channel) {
  const surface = new Surface("message", `${channel.id}/${message.ts}`, { channel: channel.id, ts: message.ts });
  const edited = message.edited && h("span", { class: "edited" }, "(edited)");
  const said = message.blocks?.length ? drawBlocks(message.blocks, surface) : mrkdwn(message.text ?? "");
  return h("div", { class: "content" }, said, edited, (message.attachments ?? []).map((each) => attachment(each, surface)));
}

// The older way to add to a message; what is not written in blocks is its title and text.
function attachment(each, surface) {
  const bar = h("div", { class: "attachment" }, each.pretext && mrkdwn(each.pretext), each.title && h("strong", {}, each.title),
    each.blocks ? drawBlocks(each.blocks, surface) : mrkdwn(each.text ?? each.fallback ?? ""));
  bar.style.borderLeftColor = /^#?[0-9a-f]{6}$/i.test(each.color ?? "") ? `#${each.color.replace("#", "")}` : "";
  return bar;
}

const isImage = (file) => file.mimetype?.startsWith("image/") ?? /\.(png|jpe?g|gif|svg|webp)$/i.test(file.name ?? file.title);

const filesOf = (message) => (message.files ?? []).map((file) => (isImage(file)
  ? pictureBox(file.url, file.alt_text || file.title, [file.title])
  : h("a", { class: "file-card", href: file.url, download: file.name ?? file.title }, icon("file"),
    h("span", {}, h("strong", {}, file.title), h("small", {}, sizeWords(file.size))))));

const sizeWords = (bytes) => (bytes ? `${bytes < 1e6 ? Math.ceil(bytes / 1000) + " kB" : (bytes / 1e6).toFixed(1) + " MB"}` : "File");

function reactionsOf(message, channel) {
  const all = Object.entries(message.reactions ?? {});
  return all.length > 0 && h("div", { class: "reactions" }, all.map(([name, users]) => h("button", { type: "button",
    class: "reaction", "aria-pressed": String(users.includes(state.person)), dataset: { focus: `react ${message.ts} ${name}` },
    title: users.map((id) => nameOf(personById(id))).join(", "), onclick: () => react(message, channel, name) },
  emoji(name) ?? `:${name}:`, ` ${users.length}`)));
}

const react = (message, channel, name) => act({ do: "react", channel: channel.id, ts: message.ts, name });

function threadLink(message, replies) {
  const count = message.reply_count || replies.length;
  if (!count) return null;
  const faces = [...new Set(replies.map((each) => each.user))].slice(0, 4);
  const last = replies.at(-1);
  return h("button", { type: "button", class: "thread-link", dataset: { focus: `thread ${message.ts}` },
    onclick: () => go({ thread: message.ts }) },
  faces.map((id) => avatar(personById(id), "avatar-tiny")),
  h("strong", {}, replyWords(count)),
  last && h("span", { class: "muted" }, `Last reply ${dayInSentence(Number(last.ts), state.screen.now)} at ${clockTime(Number(last.ts))}`));
}

const QUICK = ["+1", "white_check_mark", "eyes", "tada", "raised_hands", "heart"];

function toolbar(message, { channel, inThread }, name) {
  if (message.ephemeral) return null;
  const reacting = (event) => openMenu(event.currentTarget, "React", QUICK.map((each) => ({ lead: emoji(each),
    label: each.replaceAll("_", " "), run: () => react(message, channel, each) })));
  const shortcuts = state.screen.shortcuts.filter((each) => each.type === "message");
  const run = (shortcut) => act({ do: "shortcut", callback_id: shortcut.callback_id, channel: channel.id, ts: message.ts });
  return h("div", { class: "toolbar", role: "group", "aria-label": `Actions for the message of ${name}` },
    iconButton("smile", "Add reaction", reacting,
      { "aria-haspopup": "menu", "aria-expanded": "false", dataset: { focus: `smile ${message.ts}` } }),
    !inThread && iconButton("reply", "Reply in thread", () => go({ thread: message.thread_ts ?? message.ts }),
      { dataset: { focus: `reply ${message.ts}` } }),
    shortcuts.length > 0 && iconButton("more", "More actions", (event) => openMenu(event.currentTarget, "More actions",
      [{ section: "Message shortcuts" }, ...shortcuts.map((each) => ({ lead: icon("bolt"), label: each.name,
        hint: each.description, run: () => run(each) }))]),
    { "aria-haspopup": "menu", "aria-expanded": "false", dataset: { focus: `more ${message.ts}` } }));
}
