// Starts the page: joins the parts, follows the address and the stream of changes.

import { listen } from "./api.js";
import { paintChannel, titleOf } from "./channel.js";
import { focusComposer } from "./composer.js";
import { paintInspector } from "./inspector.js";
import { announce } from "./live.js";
import { paintModal } from "./modal.js";
import { paintSaying } from "./pace.js";
import { paintSidebar } from "./sidebar.js";
import { act, atTheApp, changed, currentChannel, go, isPlace, onChange, readHash, refresh, refreshSoon, state } from "./state.js";
import { paintThread } from "./thread.js";
import { showNotices } from "./toasts.js";
import { paintTopbar } from "./topbar.js";

[paintTopbar, paintSaying, paintSidebar, paintChannel, paintThread, paintInspector, paintModal, announce, notices, readHere, title, skips]
  .forEach(onChange);

// Where nothing can be written, as in the app's Home, there is no box to skip to.
function skips() {
  document.querySelector("[data-skip=composer]").hidden = !document.getElementById("composer");
}

function notices({ screen }) {
  showNotices(screen.notices ?? [], (notice) => act({ do: "dismiss", notice }));
}

// What stands on an open, visible page has been read.
function readHere() {
  const here = currentChannel();
  if (here?.unread && !document.hidden && !(atTheApp() && state.tab === "home")) act({ do: "read", channel: here.id });
}

function title({ screen }) {
  const unread = screen.channels.reduce((sum, each) => sum + (each.unread ?? 0), 0);
  document.title = `${unread ? `(${unread}) ` : ""}${titleOf(currentChannel())} - ${screen.workspace.name}`;
}

// The app is told each time somebody comes to its Home or Messages tab.
let seenHome = null;
function openHome() {
  const here = atTheApp() ? `${state.person} ${state.tab}` : null;
  if (here && here !== seenHome) act({ do: "open_home", tab: state.tab });
  seenHome = here;
}
onChange(openHome);

async function follow() {
  const { person, place } = readHash();
  if (person === state.person && place === state.place) return;
  const other = person !== state.person;
  if (!other && !isPlace(place)) return go({});
  go({ person: person ?? state.person, place: place ?? state.place, thread: null, tab: "home", sidebarOpen: false });
  if (other) await refresh();
  focusComposer();
}

function skip(event) {
  const where = event.target.closest?.("[data-skip]")?.dataset.skip;
  if (!where) return;
  event.preventDefault();
  if (where === "composer") focusComposer();
  else document.getElementById("main").focus();
}

async function start() {
  Object.assign(state, readHash());
  addEventListener("hashchange", follow);
  document.addEventListener("visibilitychange", changed);
  document.addEventListener("click", skip);
  await refresh();
  focusComposer();
  const [arrival] = performance.getEntriesByType("navigation");
  if (arrival?.type === "reload" && state.person) await act({ do: "reload" });
  listen(refreshSoon, (linked) => { state.linked = linked; changed(); });
}

start();
