// The sidebar: workspace name, channels, direct messages and the app, each with its unread mark.

import { h, icon, iconButton, paint } from "./dom.js";
import { openMenu } from "./menu.js";
import { avatar } from "./people.js";
import { go, nameOf, personById, state, theApp } from "./state.js";

export function paintSidebar({ screen, person, place, sidebarOpen }) {
  const box = document.getElementById("sidebar");
  document.body.classList.toggle("sidebar-open", sidebarOpen);
  paint(box, JSON.stringify([screen.workspace, screen.channels, screen.people, person, place]), () => [
    h("div", { class: "workspace-head" }, h("div", { class: "workspace-name" }, screen.workspace.name),
      iconButton("close", "Hide channels", () => go({ sidebarOpen: false }), { class: "icon-button sidebar-close" })),
    h("div", { class: "sidebar-scroll" },
      group("Channels", joined(screen).map(channelItem)),
      group("Channels you have not joined", others(screen).map(channelItem)),
      group("Direct messages", directs(screen).map(directItem), newDirect()),
      theApp() && group("Apps", [directItem(appDirect(screen))])),
  ]);
}

const byName = (one, other) => one.name.localeCompare(other.name);
const joined = ({ channels }) => channels.filter((each) => each.kind !== "im" && each.is_member).sort(byName);
const others = ({ channels }) => channels.filter((each) => each.kind !== "im" && !each.is_member && !each.is_archived).sort(byName);
const isWithApp = (channel) => channel.person === theApp()?.id;
const directs = ({ channels }) => channels.filter((each) => each.kind === "im" && !isWithApp(each) && personById(each.person));
const appDirect = ({ channels }) => ({ ...channels.find((each) => each.kind === "im" && isWithApp(each)),
  id: theApp().id, person: theApp().id });

function group(title, items, extra) {
  if (!items.length && !extra) return null;
  return h("section", { class: "sidebar-group" }, h("h2", {}, title), h("ul", {}, items), extra);
}

function item(channel, target, lead, name) {
  const here = isHere(target);
  const unread = here ? 0 : channel.unread ?? 0;
  return h("li", {}, h("a", { href: `#/${state.person}/${target}`, class: `sidebar-item ${unread ? "is-unread" : ""}`,
    "aria-current": here ? "page" : null, dataset: { focus: `place ${target}` },
    "aria-label": unread ? `${name}, ${unread} unread` : null, onclick: () => go({ sidebarOpen: false }) },
  lead, h("span", { class: "sidebar-name" }, name), unread > 0 && h("span", { class: "badge" }, String(unread))));
}

function isHere(target) {
  if (state.place === target) return true;
  const channel = state.screen.channels.find((each) => each.id === state.place);
  return channel?.kind === "im" && channel.person === target;
}

const channelItem = (channel) => item(channel, channel.id, icon(channel.kind === "private" ? "lock" : "hash"), channel.name);

function directItem(channel) {
  const person = personById(channel.person);
  return item(channel, channel.person, avatar(person, "avatar-tiny"), nameOf(person));
}

function newDirect() {
  const people = state.screen.people.filter((each) => !each.is_bot && !each.deleted && each.id !== state.person);
  return h("button", { type: "button", class: "sidebar-item sidebar-add", "aria-haspopup": "menu", dataset: { focus: "new-direct" },
    onclick: (event) => openMenu(event.currentTarget, "Message someone", people.map((each) => ({
      lead: avatar(each, "avatar-small"), label: nameOf(each), hint: `@${each.name}`,
      run: () => go({ place: each.id, thread: null, sidebarOpen: false }) }))) },
  icon("plus"), "Message someone");
}
