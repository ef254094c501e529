// Speaks the control API: every call answers plain JSON or throws a Refusal with a sentence to show.

export class Refusal extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

async function call(method, path, body) {
  const init = body === undefined ? { method } :
    { method, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const response = await fetch(`/control/${path}`, init);
  const answer = await response.json().catch(() => ({}));
  if (!response.ok || answer.ok === false) {
    throw new Refusal(answer.error ?? "unreachable", answer.message ?? `The playground answered ${response.status}.`);
  }
  return answer;
}

export const getScreen = (person) => call("GET", person ? `screen?person=${encodeURIComponent(person)}` : "screen");
export const postGesture = (gesture) => call("POST", "gestures", gesture);
export const postClock = (change) => call("POST", "clock", change);
export const postPace = (chosen) => call("POST", "pace", { chosen });
export const getJournal = (since) => call("GET", `journal?since=${since}`);
export const getFaults = () => call("GET", "faults");
export const clearFaults = () => call("DELETE", "faults");

/** Call `onChange` at each change of anything; the browser reconnects by itself. */
export function listen(onChange, onLink) {
  const stream = new EventSource("/control/stream");
  stream.onmessage = onChange;
  stream.onopen = () => { onLink(true); onChange(); };
  stream.onerror = () => onLink(false);
  return stream;
}
