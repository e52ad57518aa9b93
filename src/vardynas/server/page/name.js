// A name as somebody types it: a list of entries to choose from, by keys or a finger.

import { byId, fill, foreign, make, percent, say } from "./dom.js";
import { showEntry } from "./family.js";
import { entry, settled, suggest } from "./service.js";

const query = byId("query");
const list = byId("options");
const problem = byId("name-problem");
const state = byId("name-state");
let found = [];
let chosen = -1;

const look = settled(async (signal, name) => {
  if (name.trim() === "") return offer([]);
  state.classList.add("busy");
  try {
    const answer = await suggest(name, signal);
    say(problem, "");
    offer(answer);
    state.textContent = answer.length ? `${answer.length} found` : "No name of the glossary is like this.";
  } catch (error) {
    if (error.name === "AbortError") return;
    offer([]);
    say(problem, error.message);
  }
}, () => 150);

function offer(candidates) {
  found = candidates;
  chosen = -1;
  state.textContent = "";
  state.classList.remove("busy");
  fill(list, ...candidates.map(option));
  open(candidates.length > 0);
}

function option(one, at) {
  const about = one.about ? `${one.type}: ${one.about}` : one.type;
  const how = one.method === "prefix" ? "" : ` · ${one.method}, ${percent(one.score)}`;
  return make(
    "li",
    { role: "option", id: `option-${at}`, "aria-selected": "false", onclick: () => go(at) },
    foreign(one.name, one.language),
    make("small", {}, `${one.id} · ${about}${how}`),
  );
}

function open(shown) {
  list.hidden = !shown;
  query.setAttribute("aria-expanded", String(shown));
  choose(-1);
}

function choose(at) {
  chosen = at;
  [...list.children].forEach((one, number) => {
    one.setAttribute("aria-selected", String(number === at));
    if (number === at) one.scrollIntoView({ block: "nearest" });
  });
  if (at < 0) query.removeAttribute("aria-activedescendant");
  else query.setAttribute("aria-activedescendant", `option-${at}`);
}

function go(at) {
  open(false);
  const address = `#entry/${encodeURIComponent(found[at].id)}`;
  if (location.hash === address) show(found[at].id);
  else location.hash = address;
}

const KEYS = {
  ArrowDown: () => move(1),
  ArrowUp: () => move(-1),
  Enter: () => found.length > 0 && go(Math.max(chosen, 0)),
  Escape: () => open(false),
};

function move(step) {
  if (found.length === 0) return;
  if (list.hidden) open(true);
  choose((chosen + step + found.length + (chosen < 0 && step < 0 ? 1 : 0)) % found.length);
}

/** Show an entry by its id. */
export async function show(id) {
  try {
    const answer = await entry(id);
    say(problem, "");
    state.textContent = "";
    showEntry(byId("entry"), answer);
  } catch (error) {
    byId("entry").hidden = true;
    say(problem, error.message);
  }
}

export function start() {
  query.addEventListener("input", () => look(query.value));
  query.addEventListener("blur", () => setTimeout(() => open(false), 150));
  query.addEventListener("keydown", (event) => {
    if (!(event.key in KEYS) || event.isComposing) return;
    event.preventDefault();
    KEYS[event.key]();
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault());
}
