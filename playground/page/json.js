// Shows JSON indented, with names, words and numbers each in its own colour.

import { h } from "./dom.js";

const TOKEN = /("(?:\\.|[^"\\])*")(\s*:)?|\b(true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

export function prettyJson(value) {
  const text = JSON.stringify(value, null, 2);
  const out = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    out.push(text.slice(end, match.index), h("span", { class: look(match) }, match[0]));
    end = match.index + match[0].length;
  }
  return h("pre", { class: "json", tabindex: "0" }, ...out, text.slice(end));
}

const look = ([, words, colon, constant]) => (colon ? "json-name" : words ? "json-words" : constant ? "json-constant" : "json-number");
