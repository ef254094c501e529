// Where the options of a select come from: the app's list, the workspace's people or channels, or the app when asked.

import { nameOf, state } from "./state.js";
import { wordsOf } from "./text.js";

const plainOption = (value, text) => ({ value, text: { type: "plain_text", text } });
const person = (each) => plainOption(each.id, nameOf(each));
const channel = (each) => plainOption(each.id, `#${each.name}`);
const people = () => state.screen.people.filter((each) => !each.deleted && !each.is_bot).map(person);
const channels = () => state.screen.channels.filter((each) => each.kind !== "im" && !each.is_archived).map(channel);

const groupsIn = (held) => held.option_groups?.map((group) => ({ label: wordsOf(group.label), options: group.options }))
  ?? [{ options: held.options ?? [] }];

const matches = (query) => (option) => wordsOf(option.text).toLowerCase().includes(query.toLowerCase());

const filtered = (groups, query) => groups
  .map((group) => ({ ...group, options: group.options.filter(matches(query)) }))
  .filter((group) => group.options.length);

const fixed = (groups) => ({
  find: async (query) => filtered(groups(), query),
  optionsFor: ({ plain, options }) => (options.length ? options : [plain].flat().filter(Boolean).map((value) =>
    groups().flatMap((group) => group.options).find((each) => each.value === value) ?? plainOption(value, value))),
});

const SOURCES = {
  static: (field) => fixed(() => groupsIn(field.element)),
  users: () => fixed(() => [{ options: people() }]),
  channels: () => fixed(() => [{ options: channels().filter(isPublic) }]),
  conversations: () => fixed(() => [{ label: "Channels", options: channels() }, { label: "People", options: people() }]),
  external: askTheApp,
};

const isPublic = (option) => state.screen.channels.find((each) => each.id === option.value)?.kind === "channel";

/** `{find(query, note), optionsFor(held)}` for that kind of select. */
export const sourceOf = (kind, field) => SOURCES[kind](field);

function askTheApp(field) {
  const least = field.element.min_query_length ?? 3;
  let last = 0;
  const find = async (query, note) => {
    if (query.length < least) { note(`Type at least ${least} ${least === 1 ? "letter" : "letters"}`); return null; }
    const mine = ++last;
    note("Searching ...");
    await new Promise((resolve) => { setTimeout(resolve, 200); });
    if (mine !== last) return null;
    const answer = await field.surface.suggest(field, query);
    return answer ? groupsIn({ options: answer.options, option_groups: answer.option_groups?.length ? answer.option_groups : null }) : [];
  };
  return { find, optionsFor: ({ options }) => options };
}
