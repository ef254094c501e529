// The bar on top: the workspace's clock and a show's pace in the middle, the traffic inspector and the person we act as on the right.

import { clockButton, showClock } from "./clock.js";
import { h, icon, iconButton, paint } from "./dom.js";
import { openMenu } from "./menu.js";
import { paceButtons } from "./pace.js";
import { avatar } from "./people.js";
import { go, me, nameOf, refresh, state } from "./state.js";

export function paintTopbar({ screen, inspectorOpen, linked, person }) {
  const box = document.getElementById("topbar");
  const people = screen.people.filter((each) => !each.is_bot && !each.deleted);
  const { choices, chosen } = screen.pace;
  paint(box, JSON.stringify([people, screen.running, choices, chosen, inspectorOpen, linked, person]), () => [
    h("div", { class: "topbar-side" },
      iconButton("menu", "Show channels", () => go({ sidebarOpen: !state.sidebarOpen }),
        { class: "icon-button sidebar-toggle", "aria-expanded": String(state.sidebarOpen), dataset: { focus: "menu" } }),
      h("span", { class: "playground-tag", title: "A local stand-in for Slack. Nothing here leaves this machine." }, "Playground"),
      !linked && h("span", { class: "offline", role: "status" }, "Reconnecting ...")),
    h("div", { class: "topbar-middle" }, clockButton(), paceButtons()),
    h("div", { class: "topbar-side topbar-right" }, inspectorButton(inspectorOpen), actAs(people)),
  ]);
  showClock();
}

const inspectorButton = (open) => h("button", { type: "button", class: "topbar-button", "aria-pressed": String(open), "aria-label": "Traffic",
  title: "See every call and payload between Slack and the app",
  dataset: { focus: "inspector" }, onclick: () => go({ inspectorOpen: !open }) },
icon("pulse"), h("span", { class: "wide-only" }, "Traffic"));

function actAs(people) {
  const choose = (event) => openMenu(event.currentTarget, "Act as", [{ section: "Act as" }, ...people.map((each) => ({
    lead: avatar(each, "avatar-small"), label: nameOf(each), hint: each.id === me().id ? "that is you now" : `@${each.name}`,
    run: () => become(each.id) }))]);
  return h("button", { type: "button", class: "topbar-button act-as", "aria-haspopup": "menu", "aria-expanded": "false",
    "aria-label": `Acting as ${nameOf(me())}. Act as someone else`, dataset: { focus: "act-as" }, onclick: choose },
  avatar(me(), "avatar-small"), h("span", { class: "wide-only" }, h("small", {}, "Acting as "), nameOf(me())), icon("down"));
}

async function become(person) {
  go({ person, thread: null });
  await refresh();
}
