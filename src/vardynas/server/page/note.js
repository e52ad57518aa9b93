// The pop-over: what is known about a name, or why it was changed. Escape closes it, as does a click
// beside it; the browser gives the focus back to the sign that opened it.

import { byId, fill, foreign, make, percent } from "./dom.js";
import { KINDS, kindOf } from "./marks.js";
import { entry } from "./service.js";

const SHOWN = ["en", "lt", "be", "pl", "ru"]; // the languages in which an entry's names are shown

const note = byId("note");
let opener = null;

/** Close it, for example when the text under it changes. */
export function hide() {
  if (note.matches(":popover-open")) note.hidePopover();
}

note.addEventListener("toggle", (event) => {
  opener?.setAttribute("aria-expanded", event.newState === "open" ? "true" : "false");
});

function show(button, title, ...content) {
  const close = make("button", { type: "button", class: "close", "aria-label": "Close" }, "×");
  close.addEventListener("click", hide);
  const heading = make("h3", { id: "note-title", tabindex: "-1" }, make("bdi", {}, title));
  fill(note, make("header", {}, heading, close), ...content);
  hide();
  opener?.setAttribute("aria-expanded", "false");
  opener = button;
  note.showPopover({ source: button });
  note.scrollTop = 0;
  heading.focus({ preventScroll: true });
}

export function showMention(button, mention) {
  const title = mention.text.split(/\s+/u).join(" ");
  const kind = kindOf(mention);
  const open = kind === "open" ? `, ${mention.method}` : "";
  const about = make("p", { class: "where" }, KINDS[kind] + open);
  const candidates = mention.candidates.map((one, at) => candidate(mention, one, at));
  show(button, title, about, ...candidates);
}

export function showEdit(button, edit) {
  const was = make("p", {}, "It was ", make("strong", {}, make("bdi", {}, edit.text)), ".");
  const why = edit.why && make("p", {}, edit.why);
  const warning = edit.note && make("p", { class: "problem" }, edit.note);
  show(button, edit.replacement, was, why, warning, make("section", {}, head(edit.entry), told(edit.entry)));
}

function candidate(mention, one, at) {
  const sentences = evidenceOf(mention, one, at);
  const steps = sentences.length > 0 && make("ul", {}, sentences.map((said) => make("li", {}, said)));
  const name = make("p", {}, "Name: ", make("bdi", {}, one.name));
  const method = at === 0 && mention.entry !== null ? `, ${mention.method}` : "";
  return make("section", {}, head(one.id, `, ${percent(one.score)}${method}`), told(one.id), name, steps);
}

/** The service tells the evidence of the best entry, or of each with its id in front. */
function evidenceOf(mention, one, at) {
  if (mention.entry !== null) return at === 0 ? mention.evidence : [];
  const front = `${one.id}: `;
  return mention.evidence
    .filter((said) => said.startsWith(front))
    .map((said) => said.slice(front.length));
}

function head(id, more = "") {
  const link = make("a", { class: "link", href: `#entry/${encodeURIComponent(id)}` }, id);
  link.addEventListener("click", hide);
  return make("p", {}, make("strong", {}, link), more);
}

/** What an entry is and is called, as soon as the service has said so. */
function told(id) {
  const place = make("div", { class: "names" }, make("p", {}, "…"));
  entry(id).then(
    (found) => fill(place, make("p", {}, kind(found)), make("p", {}, names(found))),
    (error) => fill(place, make("p", { class: "problem" }, error.message)),
  );
  return place;
}

const kind = (found) => (found.about ? `${found.type}: ${found.about}` : found.type);

function names(found) {
  const known = SHOWN.filter((tag) => found.names[tag]?.length);
  return known.flatMap((tag, at) => {
    const name = foreign(found.names[tag][0].form, tag);
    return [at ? ", " : "", name, ` [${tag}]`];
  });
}
