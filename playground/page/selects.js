// Draws menus of choices, one or many, as a combobox: type to filter, arrows to move, Enter to take.

import { h, icon, newId } from "./dom.js";
import { place } from "./menu.js";
import { sourceOf } from "./sources.js";
import { wordsOf } from "./text.js";

const KIND = /^(multi_)?(static|external|users|conversations|channels)_select$/;

/** A function that draws that type of select, or undefined when the type is none. */
export function menuOf(type) {
  const match = KIND.exec(type);
  return match ? (field) => new Combo(field, Boolean(match[1]), sourceOf(match[2], field)).node : undefined;
}

class Combo {
  constructor(field, isMulti, source) {
    Object.assign(this, { field, isMulti, source, at: -1, shown: [] });
    this.chosen = source.optionsFor(field.surface.held(field));
    this.listId = newId("options");
    this.input = this.makeInput();
    this.tokens = h("span", { class: "tokens" });
    this.list = h("div", { class: "listbox", id: this.listId, role: "listbox", popover: "manual",
      "aria-multiselectable": isMulti ? "true" : null, "aria-label": "Options",
      onmousedown: (event) => event.preventDefault() });
    this.node = h("div", { class: `combo ${isMulti ? "combo-multi" : ""}`, onclick: () => this.input.focus() },
      this.tokens, this.input, icon("down"), this.list);
    this.showChosen();
  }

  makeInput() {
    const { element, a11y, surface } = this.field;
    return h("input", { type: "text", role: "combobox", autocomplete: "off", "aria-autocomplete": "list",
      "aria-expanded": "false", "aria-controls": this.listId, ...a11y,
      "aria-label": a11y["aria-label"] ?? (a11y.id ? null : wordsOf(element.placeholder)),
      placeholder: element.placeholder?.text ?? "Choose", dataset: { focus: surface.slot(this.field) },
      autofocus: element.focus_on_load,
      oninput: () => this.open(this.input.value), onmousedown: () => this.toggle(),
      onkeydown: (event) => this.onKey(event), onblur: () => this.close() });
  }

  showChosen() {
    this.input.value = this.isMulti ? "" : wordsOf(this.chosen[0]?.text);
    if (!this.isMulti) return;
    this.input.placeholder = this.chosen.length ? "" : this.field.element.placeholder?.text ?? "Choose";
    this.tokens.replaceChildren(...this.chosen.map((option) => this.token(option)));
  }

  token(option) {
    return h("span", { class: "token" }, wordsOf(option.text),
      h("button", { type: "button", "aria-label": `Remove ${wordsOf(option.text)}`,
        onclick: () => this.take(option) }, icon("close")));
  }

  get isOpen() {
    return this.input.getAttribute("aria-expanded") === "true";
  }

  toggle() {
    if (this.isOpen) this.close();
    else this.open("");
  }

  async open(query) {
    this.input.setAttribute("aria-expanded", "true");
    this.list.showPopover();
    this.list.style.minWidth = `${this.node.offsetWidth}px`;
    const asked = (this.asked = query);
    const found = await this.source.find(query, (note) => this.draw([], note));
    if (found && this.isOpen && this.asked === asked) this.draw(found);
  }

  close() {
    if (!this.isOpen) return;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.list.hidePopover();
    if (this.canClear() && this.input.value === "" && this.chosen.length) this.set([]);
    this.showChosen();
  }

  canClear() {
    return !this.isMulti && this.field.block.type === "input" && this.field.block.optional;
  }

  /** Show groups `[{label, options}]`, or one line of explanation when there is none. */
  draw(groups, note = "No results") {
    this.shown = groups.flatMap((group) => group.options);
    this.list.replaceChildren(...groups.flatMap((group) => [
      group.label && h("div", { class: "menu-section", role: "presentation" }, group.label),
      ...group.options.map((option) => this.row(option))]).filter(Boolean));
    if (!this.shown.length) this.list.append(h("div", { class: "listbox-note", role: "status" }, note));
    this.move(Math.max(0, this.shown.findIndex((option) => this.isChosen(option))));
    place(this.list, this.node);
  }

  row(option) {
    return h("div", { class: "option", role: "option", id: newId("option"), dataset: { value: option.value },
      "aria-selected": String(this.isChosen(option)), onclick: (event) => { event.stopPropagation(); this.take(option); } },
    h("span", { class: "option-text" }, wordsOf(option.text)),
    option.description && h("span", { class: "option-hint" }, wordsOf(option.description)));
  }

  isChosen(option) {
    return this.chosen.some((each) => each.value === option.value);
  }

  move(to) {
    const rows = [...this.list.querySelectorAll(".option")];
    this.at = rows.length ? (to + rows.length) % rows.length : -1;
    rows.forEach((row, at) => row.classList.toggle("is-active", at === this.at));
    if (this.at < 0) return;
    rows[this.at].scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", rows[this.at].id);
  }

  onKey(event) {
    const act = KEYS[event.key];
    if (act && act(this) !== false) {
      event.preventDefault();
      event.stopPropagation();
    }
  }

  take(option) {
    if (!this.isMulti) this.set([option]);
    else if (this.isChosen(option)) this.set(this.chosen.filter((each) => each.value !== option.value));
    else if (this.chosen.length < (this.field.element.max_selected_items ?? Infinity)) this.set([...this.chosen, option]);
    this.close();
  }

  async set(options) {
    const before = this.chosen;
    this.chosen = options;
    this.showChosen();
    const values = options.map((option) => option.value);
    const kept = await this.field.surface.choose(this.field, this.isMulti ? values : values[0] ?? null, options);
    if (kept) return;
    this.chosen = before;
    this.showChosen();
  }
}

const KEYS = {
  ArrowDown: (combo) => (combo.isOpen ? combo.move(combo.at + 1) : combo.open("")),
  ArrowUp: (combo) => (combo.isOpen ? combo.move(combo.at - 1) : combo.open("")),
  Enter: (combo) => (combo.isOpen && combo.at >= 0 ? combo.take(combo.shown[combo.at]) : undefined),
  Escape: (combo) => (combo.isOpen ? combo.close() : false),
  Backspace: (combo) => (combo.isMulti && !combo.input.value && combo.chosen.length
    ? combo.take(combo.chosen.at(-1)) : false),
};
