// Opens small menus beside a button: arrow keys move, Enter takes, Escape or a click elsewhere closes.

import { h } from "./dom.js";

/** Put `box` below (or above) `anchor`, inside the window; it must be a fixed popover that is shown. */
export function place(box, anchor) {
  const at = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = box;
  const below = at.bottom + 4 + height <= innerHeight || at.top < height + 8;
  box.style.top = `${Math.max(4, below ? at.bottom + 4 : at.top - height - 4)}px`;
  box.style.left = `${Math.max(8, Math.min(at.left, innerWidth - width - 8))}px`;
}

/** Open a menu of `{label, hint?, section?, danger?, run}`; a `section` alone is a heading. */
export function openMenu(anchor, label, items) {
  const menu = h("div", { class: "menu", role: "menu", popover: "auto", "aria-label": label },
    items.map((item) => (item.run ? menuItem(item, () => menu.hidePopover()) : heading(item))));
  menu.addEventListener("keydown", moveByKeys);
  menu.addEventListener("toggle", (event) => { if (event.newState === "closed") close(menu, anchor); });
  // Not beside its button: that may be drawn anew while the menu is open.
  (anchor.closest("dialog") ?? document.getElementById("overlays")).append(menu);
  anchor.setAttribute("aria-expanded", "true");
  menu.showPopover();
  place(menu, anchor);
  const [first] = itemsOf(menu);
  if (first) moveTo(first, menu);
}

function close(menu, anchor) {
  const had = menu.contains(document.activeElement) || document.activeElement === document.body;
  menu.remove();
  const now = anchor.isConnected ? anchor : document.querySelector(`[data-focus="${CSS.escape(anchor.dataset.focus ?? "")}"]`);
  now?.setAttribute("aria-expanded", "false");
  if (had) now?.focus({ preventScroll: true });
}

const heading = ({ section }) => h("div", { class: "menu-section", role: "presentation" }, section);

function menuItem(item, done) {
  const run = () => { done(); item.run(); };
  return h("button", { type: "button", role: "menuitem", tabindex: "-1", onclick: run,
    class: `menu-item ${item.danger ? "danger" : ""}` },
  item.lead, h("span", { class: "menu-words" }, h("span", { class: "menu-label" }, item.label),
    item.hint && h("span", { class: "menu-hint" }, item.hint)));
}

const itemsOf = (menu) => [...menu.querySelectorAll("[role=menuitem]")];

// One item at a time can be reached by Tab: the one we are at.
function moveTo(item, menu) {
  for (const each of itemsOf(menu)) each.tabIndex = each === item ? 0 : -1;
  item.focus();
}

function moveByKeys(event) {
  const items = itemsOf(event.currentTarget);
  const at = items.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  moveTo(items.at(to % items.length), event.currentTarget);
}
