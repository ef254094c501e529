// App Home: the view the app published for this person, or a word that there is none yet.

import { drawBlocks } from "./blocks.js";
import { h, paint } from "./dom.js";
import { nameOf, state, theApp } from "./state.js";
import { Surface } from "./surface.js";

export function paintHome(box) {
  const { home } = state.screen;
  const top = box.scrollTop;
  paint(box, JSON.stringify([state.person, home?.hash, home?.blocks]), () => (home ? view(home) : empty()));
  box.scrollTop = top;
}

const view = (home) => h("div", { class: "home-view" },
  drawBlocks(home.blocks, new Surface("home", `home/${state.person}`, { home: true }, home)));

const empty = () => h("div", { class: "home-empty" }, h("h2", {}, `${nameOf(theApp())} has nothing here yet`),
  h("p", { class: "muted" }, "What the app publishes for you appears here."));
