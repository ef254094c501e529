// The main pane: the conversation's name and topic, its messages and the message box, or the app's Home.

import { composerFor } from "./composer.js";
import { h, icon, paint } from "./dom.js";
import { paintHome } from "./home.js";
import { paintMessages, roots } from "./messages.js";
import { paintNewBar } from "./newbar.js";
import { avatar } from "./people.js";
import { act, atTheApp, currentChannel, go, isTurnedOff, nameOf, personById, state } from "./state.js";

export function paintChannel({ screen, person, tab }) {
  const box = document.getElementById("main");
  const channel = currentChannel();
  if (!channel) return;
  const isHome = atTheApp() && tab === "home";
  paint(box, JSON.stringify([person, channel.id, channel.person, atTheApp() && tab]), () => [
    h("header", { class: "channel-head" }), atTheApp() && tabs(tab),
    !isHome && h("div", { class: "new-bar-slot" }), isHome ? h("div", { class: "home", id: "home", role: "tabpanel", "aria-label": "Home" }) : h("div", { class: "messages",
      id: "messages", role: "list", "aria-label": `Messages in ${titleOf(channel)}`, tabindex: "0" }),
    !isHome && h("div", { class: "composer-slot" })]);
  paintHead(box.querySelector(".channel-head"), channel);
  if (isHome) return paintHome(box.querySelector("#home"));
  const list = box.querySelector("#messages");
  const mark = paintMessages(list, channel, roots(screen.messages[channel.id] ?? []), beginning(channel));
  paintNewBar(box.querySelector(".new-bar-slot"), list, mark);
  paintFoot(box.querySelector(".composer-slot"), channel);
}

export const titleOf = (channel) => (channel.kind === "im" ? nameOf(personById(channel.person)) : `#${channel.name}`);

function paintHead(box, channel) {
  const members = channel.members?.length ?? 0;
  paint(box, JSON.stringify([channel.name, channel.topic, members, titleOf(channel), channel.is_archived]), () => [
    h("h1", {}, channel.kind === "im" ? avatar(personById(channel.person), "avatar-small")
      : icon(channel.kind === "private" ? "lock" : "hash"),
    h("span", {}, channel.kind === "im" ? titleOf(channel) : channel.name),
    personById(channel.person)?.is_bot && h("span", { class: "app-badge" }, "APP")),
    h("p", { class: "topic", title: channel.topic }, channel.topic ?? ""),
    channel.kind !== "im" && h("span", { class: "member-count", title: memberNames(channel) }, icon("people"),
      h("span", {}, `${members}`, h("span", { class: "sr-only" }, members === 1 ? " member" : " members")))]);
}

const memberNames = (channel) => (channel.members ?? []).map((id) => nameOf(personById(id))).join(", ");

function tabs(current) {
  const move = (event) => {
    if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
    go({ tab: state.tab === "home" ? "messages" : "home" });
    document.querySelector('.tabs [aria-selected="true"]')?.focus();
  };
  return h("div", { class: "tabs", role: "tablist", "aria-label": "App", onkeydown: move },
    [["home", "Home"], ["messages", "Messages"]].map(([tab, label]) => h("button", { type: "button", role: "tab",
      "aria-selected": String(current === tab), tabindex: current === tab ? "0" : "-1",
      dataset: { focus: `tab ${tab}` }, onclick: () => go({ tab }) }, label)));
}

function beginning(channel) {
  const isDirect = channel.kind === "im";
  return h("div", { class: "beginning", role: "listitem" },
    h("h2", {}, isDirect ? [avatar(personById(channel.person)), titleOf(channel)] : `# ${channel.name}`),
    h("p", {}, isDirect ? `This is the very beginning of your messages with ${titleOf(channel)}.`
      : `This is the very beginning of the #${channel.name} channel.`));
}

function paintFoot(box, channel) {
  const barred = channel.is_archived ? "archived" : isTurnedOff() ? "off" : !channel.is_member && channel.kind !== "im" ? "outside" : "";
  paint(box, JSON.stringify([channel.id, barred, titleOf(channel), state.screen.commands, state.screen.shortcuts]), () => {
    if (barred === "archived") return h("p", { class: "composer-bar" }, "This channel is archived. You can read it, not write in it.");
    if (barred === "off") return h("p", { class: "composer-bar" }, "Sending messages to this app has been turned off.");
    if (barred) return joinBar(channel);
    const target = atTheApp() ? channel.person : channel.id;
    return composerFor({ key: `${state.person} ${target}`, channel: target, label: `Message ${titleOf(channel)}` });
  });
}

const joinBar = (channel) => h("div", { class: "composer-bar" }, h("strong", {}, `#${channel.name}`),
  h("button", { type: "button", class: "button button-primary", onclick: () => act({ do: "join", channel: channel.id }) },
    "Join channel"));
