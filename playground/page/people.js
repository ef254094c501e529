// Shows people, moments and counts in words: avatars with initials, times in the viewer's own time zone.

import { h } from "./dom.js";
import { me, nameOf } from "./state.js";

const initials = (name) => {
  const words = name.replace(/[^\p{L}\p{N} ]/gu, "").split(" ").filter(Boolean);
  return (words.length > 1 ? words[0][0] + words.at(-1)[0] : name.slice(0, 2)).toUpperCase();
};

const hue = (text) => [...text].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 997, 7) % 8;

/** A square with initials; decorative, since the name always stands beside it. */
export function avatar(person, size = "") {
  const name = nameOf(person);
  const kind = person?.is_bot ? "avatar-app" : `avatar-${hue(person?.id ?? name)}`;
  return h("span", { class: `avatar ${kind} ${size}`, "aria-hidden": "true" }, initials(name));
}

const zone = () => {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: me().tz }).resolvedOptions().timeZone;
  } catch {
    return "UTC";
  }
};

const formatted = (epoch, options) => new Intl.DateTimeFormat("en-US", { timeZone: zone(), ...options })
  .format(new Date(epoch * 1000));

export const clockTime = (epoch) => formatted(epoch, { hour: "numeric", minute: "2-digit" });
export const clockSeconds = (epoch) => formatted(epoch, { hour: "numeric", minute: "2-digit", second: "2-digit" });
export const longDate = (epoch) => formatted(epoch, { weekday: "long", month: "long", day: "numeric", year: "numeric" });
export const shortDay = (epoch) => formatted(epoch, { weekday: "short", month: "short", day: "numeric", year: "numeric" });
export const fullMoment = (epoch) => `${longDate(epoch)} at ${clockSeconds(epoch)}`;
export const dayKey = (epoch) => formatted(epoch, { year: "numeric", month: "2-digit", day: "2-digit" });

export const replyWords = (count) => (count === 1 ? "1 reply" : `${count} replies`);

/** "Today", "Yesterday", "Tomorrow" or the long date, seen from `now`. */
export function dayName(epoch, now) {
  if (dayKey(epoch) === dayKey(now)) return "Today";
  if (dayKey(epoch) === dayKey(now - 86400)) return "Yesterday";
  if (dayKey(epoch) === dayKey(now + 86400)) return "Tomorrow";
  return formatted(epoch, { weekday: "long", month: "long", day: "numeric",
    ...(dayKey(epoch).slice(-4) === dayKey(now).slice(-4) ? {} : { year: "numeric" }) });
}

/** The same inside a sentence: "today", but "Friday, November 20". */
export const dayInSentence = (epoch, now) =>
  dayName(epoch, now).replace(/^(Today|Yesterday|Tomorrow)$/, (word) => word.toLowerCase());

const DATE_TOKENS = {
  date: (at) => formatted(at, { month: "long", day: "numeric", year: "numeric" }),
  date_num: (at) => isoDate(at),
  date_slash: (at) => formatted(at, { month: "2-digit", day: "2-digit", year: "numeric" }),
  date_short: (at) => formatted(at, { month: "short", day: "numeric", year: "numeric" }),
  date_long: (at) => longDate(at),
  time: clockTime,
  time_secs: clockSeconds,
};

/** Fill a `<!date^...>` format such as "{date_short_pretty} at {time}" for the viewer, seen from `now`. */
export function fillDate(epoch, format, now) {
  return format.replace(/\{(\w+)\}/g, (whole, token) => {
    if (token === "ago") return agoWords(now - epoch);
    const near = dayName(epoch, now);
    if (token.endsWith("_pretty") && ["Today", "Yesterday", "Tomorrow"].includes(near)) return near.toLowerCase();
    return DATE_TOKENS[token.replace(/_pretty$/, "")]?.(epoch) ?? whole;
  });
}

function agoWords(seconds) {
  const size = Math.abs(seconds);
  const [unit, length] = [["day", 86400], ["hour", 3600], ["minute", 60]].find(([, each]) => size >= each) ?? ["second", 1];
  return new Intl.RelativeTimeFormat("en", { numeric: "auto" }).format(Math.round(-seconds / length), unit);
}

function wallParts(epoch) {
  const parts = new Intl.DateTimeFormat("en-CA", { timeZone: zone(), hourCycle: "h23", year: "numeric",
    month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" }).formatToParts(new Date(epoch * 1000));
  return Object.fromEntries(parts.map((part) => [part.type, part.value]));
}

const isoDate = (epoch) => { const at = wallParts(epoch); return `${at.year}-${at.month}-${at.day}`; };

/** Epoch seconds as "YYYY-MM-DDTHH:MM" on the viewer's wall, and back. */
export function toWall(epoch) {
  const at = wallParts(epoch);
  return `${at.year}-${at.month}-${at.day}T${at.hour}:${at.minute}`;
}

export function fromWall(wall) {
  const asUtc = Date.parse(`${wall}:00Z`) / 1000;
  const shift = (epoch) => Date.parse(`${toWall(epoch)}:00Z`) / 1000 - epoch;
  return asUtc - shift(asUtc - shift(asUtc));
}
