// What is chosen on the page. It is kept in the address, so that a reload, a link that is passed on
// and the browser's back button bring it back.

let chosen = new URLSearchParams(location.search);
const listeners = [];

addEventListener("popstate", () => {
  chosen = new URLSearchParams(location.search);
  tell();
});

/** Calls the listener after each change. */
export function onChoice(listener) {
  listeners.push(listener);
}

/** What is chosen under a name, or null where nothing is. */
export function choice(name) {
  return chosen.get(name);
}

/** The same as a list; null where nothing is chosen. Its entries are names of runs or figures. */
export function choices(name) {
  const list = chosen.get(name);
  return list === null ? null : list.split(".").filter(Boolean);
}

/** @param value text, a list of names, or null for what the page does by itself */
export function choose(name, value) {
  const next = new URLSearchParams(chosen);
  if (value === null) next.delete(name);
  else next.set(name, Array.isArray(value) ? value.join(".") : value);
  next.sort();
  if (next.toString() === chosen.toString()) return;
  chosen = next;
  history.pushState(null, "", `${location.pathname}${chosen.size > 0 ? `?${chosen}` : ""}`);
  tell();
}

function tell() {
  for (const listener of listeners) listener();
}
