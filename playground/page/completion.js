// Completes what is being typed in a message box: commands after "/", people after "@", channels after "#".

import { h, newId } from "./dom.js";
import { avatar } from "./people.js";
import { nameOf, state } from "./state.js";

const MOST = 8;

const commandsFor = (word) => state.screen.commands
  .filter((each) => each.command.startsWith(word))
  .map((each) => ({ insert: each.command, label: each.command, aside: each.usage_hint, hint: each.description }));

const peopleFor = (word) => state.screen.people
  .filter((each) => !each.deleted && `${each.name} ${nameOf(each)}`.toLowerCase().includes(word.slice(1).toLowerCase()))
  .map((each) => ({ insert: `@${each.name}`, label: nameOf(each), aside: `@${each.name}`, lead: avatar(each, "avatar-tiny") }));

const channelsFor = (word) => state.screen.channels
  .filter((each) => each.kind !== "im" && each.name.includes(word.slice(1).toLowerCase()))
  .map((each) => ({ insert: `#${each.name}`, label: `#${each.name}`, aside: each.topic }));

export class Completion {
  constructor(input, box, hasCommands) {
    Object.assign(this, { input, hasCommands, at: 0, found: [] });
    this.list = h("div", { class: "completion", role: "listbox", id: newId("completion"), "aria-label": "Suggestions", hidden: true,
      onmousedown: (event) => event.preventDefault() });
    box.append(this.list);
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", this.list.id);
    input.addEventListener("input", () => this.look());
    input.addEventListener("blur", () => this.hide());
  }

  look() {
    const { value, selectionStart } = this.input;
    const typed = value.slice(0, selectionStart);
    this.word = /(^|\s)([@#][\w.-]*|)$/.exec(typed)?.[2] ?? "";
    if (this.hasCommands && /^\/\S*$/.test(typed)) this.word = typed;
    this.found = document.activeElement === this.input && this.word ? this.suggest().slice(0, MOST) : [];
    this.at = 0;
    if (this.found.length) this.show();
    else this.hide();
  }

  suggest() {
    return { "/": commandsFor, "@": peopleFor, "#": channelsFor }[this.word[0]](this.word);
  }

  show() {
    this.list.hidden = false;
    const rows = this.found.map((each, at) => this.row(each, at));
    this.list.replaceChildren(h("div", { class: "completion-head" }, "Tab or Enter to take, Esc to close"), ...rows);
    this.input.setAttribute("aria-activedescendant", rows[this.at].id);
    rows[this.at].scrollIntoView({ block: "nearest" });
  }

  row(each, at) {
    return h("div", { class: `option ${at === this.at ? "is-active" : ""}`, role: "option", id: newId("suggestion"),
      "aria-selected": String(at === this.at), onclick: () => { this.at = at; this.take(); } },
    each.lead, h("span", { class: "option-words" }, h("span", {}, h("strong", {}, each.label), " ",
      each.aside && h("span", { class: "option-aside" }, each.aside)),
    each.hint && h("span", { class: "option-hint" }, each.hint)));
  }

  hide() {
    this.list.hidden = true;
    this.input.removeAttribute("aria-activedescendant");
  }

  take() {
    const { value, selectionStart } = this.input;
    const before = value.slice(0, selectionStart - this.word.length) + this.found[this.at].insert + " ";
    this.input.value = before + value.slice(selectionStart);
    this.input.setSelectionRange(before.length, before.length);
    this.input.dispatchEvent(new Event("input"));
    this.hide();
  }

  /** True when the key was ours. A command typed whole is sent by Enter, not completed once more. */
  onKey(event) {
    if (this.list.hidden) return false;
    const isWhole = event.key === "Enter" && this.found[this.at].insert === this.word;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) { this.at = (this.at + step + this.found.length) % this.found.length; this.show(); }
    else if (event.key === "Escape") this.hide();
    else if ((event.key === "Tab" || event.key === "Enter") && !event.shiftKey && !isWhole) this.take();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }
}
