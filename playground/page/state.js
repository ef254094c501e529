// Holds what the page knows: the screen last fetched, who we are, where we are; tells all parts when it changes.

import { getScreen, postGesture, Refusal } from "./api.js";
import { h } from "./dom.js";
import { toast } from "./toasts.js";

export const state = {
  screen: null, person: null, place: null, tab: "home", thread: null,
  sidebarOpen: false, inspectorOpen: false, linked: true,
};

const painters = [];
export const onChange = (painter) => painters.push(painter);

// A control replaced between press and release would get no click: while one is held nothing is repainted.
let isHeld = false;
let isWaiting = false;
const release = () => {
  isHeld = false;
  setTimeout(() => isWaiting && changed());
};
document.addEventListener("pointerdown", () => { isHeld = true; }, true);
document.addEventListener("pointerup", () => setTimeout(release), true);
for (const end of ["click", "pointercancel"]) document.addEventListener(end, release, true);
addEventListener("blur", release);

/** Repaint all parts; never the screen of the person we were before as ours, nor a place that is not on it. */
export function changed() {
  if (state.screen?.person.id !== state.person || !isPlace(state.place)) return;
  isWaiting = isHeld;
  if (!isHeld) for (const painter of painters) painter(state);
}

/** Change where we are (or what is open), remember it in the address and repaint. */
export function go(patch) {
  Object.assign(state, patch);
  writeHash();
  changed();
}

const writeHash = () => {
  const wanted = `#/${state.person}/${state.place}`;
  if (location.hash !== wanted) history.replaceState(null, "", wanted);
};

export const readHash = () => {
  const [, person, place] = location.hash.split("/").map(decodeURIComponent);
  return { person: person || null, place: place || null };
};

let fetching = false;
let stale = false;
let timer = null;

/** Ask for the screen soon; calls within 40 ms become one, and two never overlap. */
export function refreshSoon() {
  stale = true;
  if (timer || fetching) return;
  timer = setTimeout(() => { timer = null; refresh(); }, 40);
}

/** Ask for the screen now and repaint; resolves when what we show is as new as this call. */
export async function refresh() {
  stale = true;
  if (fetching) return fetching;
  fetching = fetchUntilFresh().finally(() => {
    fetching = false;
    if (stale) refreshSoon();
  });
  return fetching;
}

async function fetchUntilFresh() {
  while (stale) {
    stale = false;
    const asked = state.person;
    try {
      const screen = await getScreen(asked);
      if (asked === state.person) accept(screen);
      else stale = true;
    } catch (error) {
      if (!(error instanceof Refusal)) return;
      if (!asked) return state.screen ? null : sayNobody();
      const shown = state.screen?.person.id;
      if (asked === state.person) state.person = shown === asked ? null : shown ?? null;
      stale = true;
    }
  }
}

// The stream tells when somebody comes, and the page begins.
function sayNobody() {
  const words = "Nobody is here yet. The page begins when the first person is added.";
  document.getElementById("main").replaceChildren(h("p", { class: "home-empty" }, words));
}

function accept(screen) {
  state.screen = screen;
  state.person = screen.person.id;
  if (!isPlace(state.place)) state.place = firstPlace(screen);
  writeHash();
  changed();
}

export const isPlace = (id) => Boolean(channelById(id) ?? personById(id));

// A newcomer begins where most people are.
function firstPlace({ channels }) {
  const joined = channels.filter((each) => each.is_member && each.kind !== "im" && !each.is_archived);
  const [shared] = joined.sort((one, other) => other.members.length - one.members.length);
  return (shared ?? channels[0] ?? theApp()).id;
}

export const personById = (id) => state.screen?.people.find((each) => each.id === id);
export const channelById = (id) => state.screen?.channels.find((each) => each.id === id);
export const theApp = () => state.screen?.people.find((each) => each.is_bot);
export const me = () => state.screen.person;
export const nameOf = (person) => person?.real_name || person?.name || "Someone";

/** The channel we look at; a direct message not begun yet is a channel of that person without messages. */
export function currentChannel() {
  const found = channelById(state.place);
  if (found) return found;
  const person = personById(state.place);
  if (!person) return null;
  const begun = state.screen.channels.find((each) => each.kind === "im" && each.person === person.id);
  return begun ?? { id: person.id, kind: "im", person: person.id, name: person.name, members: [], is_member: true };
}

export const atTheApp = () => currentChannel()?.kind === "im" && currentChannel().person === theApp()?.id;

/** Does the app take no messages? */
export const isTurnedOff = () => atTheApp() && !state.screen.takes_messages;

/** Do a gesture as the current person; a refusal is shown as a toast and answers null. */
export async function act(gesture) {
  try {
    return await postGesture({ person: state.person, ...gesture });
  } catch (error) {
    if (gesture.do !== "read") toast(error.message);
    return null;
  } finally {
    refreshSoon();
  }
}
