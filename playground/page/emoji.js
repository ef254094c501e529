// Turns Slack's short names of common emoji into characters; a name we do not know stays as typed.

import { h } from "./dom.js";

const CHARACTERS = {
  white_check_mark: "✅", heavy_check_mark: "✔️", ballot_box_with_check: "☑️", x: "❌",
  negative_squared_cross_mark: "❎", warning: "⚠️", no_entry: "⛔", no_entry_sign: "🚫", tada: "🎉",
  confetti_ball: "🎊", sparkles: "✨", star: "⭐", star2: "🌟", trophy: "🏆", medal: "🏅", first_place_medal: "🥇",
  second_place_medal: "🥈", third_place_medal: "🥉", rocket: "🚀", fire: "🔥", chart_with_upwards_trend: "📈",
  chart_with_downwards_trend: "📉", bar_chart: "📊", clipboard: "📋", memo: "📝", pencil: "📝", pencil2: "✏️",
  page_facing_up: "📄", paperclip: "📎", pushpin: "📌", round_pushpin: "📍", bookmark: "🔖", books: "📚", book: "📖",
  open_book: "📖", notebook: "📓", ledger: "📒", file_folder: "📁", open_file_folder: "📂",
  card_index_dividers: "🗂️", inbox_tray: "📥", outbox_tray: "📤", package: "📦", email: "📧", envelope: "✉️",
  incoming_envelope: "📨", mailbox: "📫", calendar: "📆", date: "📅", spiral_calendar_pad: "🗓️",
  spiral_calendar: "🗓️", alarm_clock: "⏰", clock1: "🕐", clock3: "🕒", clock9: "🕘", hourglass: "⌛",
  hourglass_flowing_sand: "⏳", stopwatch: "⏱️", timer_clock: "⏲️", bell: "🔔", no_bell: "🔕", loudspeaker: "📢",
  mega: "📣", speech_balloon: "💬", left_speech_bubble: "🗨️", thought_balloon: "💭", bulb: "💡", mag: "🔍",
  mag_right: "🔎", gear: "⚙️", wrench: "🔧", hammer: "🔨", hammer_and_wrench: "🛠️", link: "🔗", lock: "🔒",
  unlock: "🔓", key: "🔑", shield: "🛡️", information_source: "ℹ️", question: "❓", grey_question: "❔",
  exclamation: "❗", heavy_exclamation_mark: "❗", bangbang: "‼️", red_circle: "🔴", large_orange_circle: "🟠",
  large_yellow_circle: "🟡", large_green_circle: "🟢", large_blue_circle: "🔵", large_purple_circle: "🟣",
  white_circle: "⚪", black_circle: "⚫", large_red_square: "🟥", large_orange_square: "🟧",
  large_yellow_square: "🟨", large_green_square: "🟩", large_blue_square: "🟦", white_large_square: "⬜",
  black_large_square: "⬛", small_blue_diamond: "🔹", large_blue_diamond: "🔷", small_orange_diamond: "🔸",
  arrow_up: "⬆️", arrow_down: "⬇️", arrow_right: "➡️", arrow_left: "⬅️", arrow_upper_right: "↗️",
  arrow_lower_right: "↘️", arrows_counterclockwise: "🔄", repeat: "🔁", recycle: "♻️", heavy_plus_sign: "➕",
  heavy_minus_sign: "➖", one: "1️⃣", two: "2️⃣", three: "3️⃣", four: "4️⃣", five: "5️⃣", six: "6️⃣",
  seven: "7️⃣", eight: "8️⃣", nine: "9️⃣", keycap_ten: "🔟", zero: "0️⃣", "100": "💯", "+1": "👍", thumbsup: "👍",
  "-1": "👎", thumbsdown: "👎", clap: "👏", raised_hands: "🙌", pray: "🙏", wave: "👋", muscle: "💪", ok_hand: "👌",
  point_right: "👉", point_left: "👈", point_up: "☝️", point_down: "👇", raised_hand: "✋", handshake: "🤝",
  eyes: "👀", heart: "❤️", yellow_heart: "💛", green_heart: "💚", blue_heart: "💙", purple_heart: "💜", smile: "😄",
  smiley: "😃", grinning: "😀", slightly_smiling_face: "🙂", wink: "😉", blush: "😊", joy: "😂", thinking_face: "🤔",
  sweat_smile: "😅", neutral_face: "😐", confused: "😕", cry: "😢", sob: "😭", worried: "😟", sleeping: "😴",
  sunglasses: "😎", partying_face: "🥳", relieved: "😌", hospital: "🏥", stethoscope: "🩺", syringe: "💉", pill: "💊",
  ambulance: "🚑", microscope: "🔬", test_tube: "🧪", dna: "🧬", thermometer: "🌡️", health_worker: "🧑‍⚕️",
  "female-doctor": "👩‍⚕️", "male-doctor": "👨‍⚕️", baby: "👶", busts_in_silhouette: "👥", bust_in_silhouette: "👤",
  seedling: "🌱", herb: "🌿", evergreen_tree: "🌲", deciduous_tree: "🌳", four_leaf_clover: "🍀",
  sun_with_face: "🌞", sunny: "☀️", cloud: "☁️", rainbow: "🌈", snowflake: "❄️", coffee: "☕", cake: "🍰",
  birthday: "🎂", gift: "🎁", balloon: "🎈", dart: "🎯", checkered_flag: "🏁", triangular_flag_on_post: "🚩",
  white_flag: "🏳️", construction: "🚧", rotating_light: "🚨", sos: "🆘", new: "🆕", soon: "🔜", back: "🔙", zzz: "💤",
  robot_face: "🤖", desktop_computer: "🖥️", computer: "💻", iphone: "📱", telephone_receiver: "📞",
  video_camera: "📹", movie_camera: "🎥", camera: "📷", microphone: "🎤", world_map: "🗺️",
  globe_with_meridians: "🌐", house: "🏠", office: "🏢", school: "🏫", ferris_wheel: "🎡", jigsaw: "🧩",
  wastebasket: "🗑️", scales: "⚖️", abacus: "🧮", test: "🧪", bicyclist: "🚴", runner: "🏃", snail: "🐌",
  turtle: "🐢", bug: "🐛", bee: "🐝", owl: "🦉", unicorn_face: "🦄",
};

/** The emoji as an element named for screen readers, or null when we do not know it. */
export function emoji(name) {
  const character = Object.hasOwn(CHARACTERS, name) ? CHARACTERS[name] : null;
  return character && h("span", { class: "emoji", role: "img", "aria-label": `${name.replaceAll("_", " ")} emoji`,
    title: `:${name}:` }, character);
}

/** Plain text with `:names:` shown as emoji and lines kept. */
export function withEmoji(text) {
  return text.split(/(:[\w+-]+:)/).map((part) => (/^:[\w+-]+:$/.test(part) && emoji(part.slice(1, -1))) || part);
}
