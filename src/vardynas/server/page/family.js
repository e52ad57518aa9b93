// An entry and the family of its names: by language, those that are listed and those that follow.

import { fill, foreign, languageName, make } from "./dom.js";

const MANY = 4; // forms of a kind that are shown without asking
const USUAL = ["variant", "full", "attested"];

export function showEntry(place, found) {
  const title = bestName(found);
  fill(
    place,
    make("h2", { id: "entry-title", tabindex: "-1" }, title),
    make("p", {}, found.about ? `${found.type}: ${found.about}` : found.type),
    make("p", { class: "hint" }, [`id ${found.id}`, ...references(found)].join(" · ")),
    make("h3", { id: "family-title" }, "Its names across languages"),
    family(found),
  );
  place.hidden = false;
}

function bestName(found) {
  const tag = "en" in found.names ? "en" : Object.keys(found.names)[0];
  return tag ? foreign(found.names[tag][0].form, tag) : found.id;
}

function references(found) {
  return Object.entries(found.refs).map(([name, value]) => `${name} ${value}`);
}

function family(found) {
  const heads = ["Language", "Listed", "Follows by rule"];
  const head = make("tr", {}, heads.map((said) => make("th", { scope: "col" }, said)));
  const tags = Object.keys(found.forms).sort((a, b) => languageName(a).localeCompare(languageName(b)));
  const rows = tags.map((tag) => row(tag, found.forms[tag]));
  const body = make("tbody", {}, rows);
  return make("table", { class: "family", "aria-labelledby": "family-title" }, make("thead", {}, head), body);
}

function row(tag, forms) {
  const listed = forms.filter((one) => one.chain.length === 0);
  const derived = forms.filter((one) => one.chain.length > 0);
  return make(
    "tr",
    {},
    make("th", { scope: "row" }, languageName(tag)),
    cell("Listed", listed, (one, at) => make("li", { class: at ? null : "first" }, foreign(one.form, tag), use(one))),
    cell("Follows by rule", derived, (one) => make("li", {}, foreign(one.form, tag), reason(one))),
  );
}

/** How a listed form may be used, where that is special. */
function use(one) {
  return USUAL.includes(one.status) ? "" : make("small", {}, ` ${one.status}`);
}

function reason(one) {
  return make("small", {}, ` ${one.status}: ${one.chain.join(" → ")}`);
}

/** A cell with the first forms, and the others for those who want them. */
function cell(label, forms, item) {
  if (forms.length === 0) return make("td", {});
  const items = forms.map(item);
  const rest = items.splice(MANY);
  const more = rest.length > 0 && make("details", {}, make("summary", {}, `${rest.length} more`), make("ul", {}, rest));
  return make("td", { "data-label": label }, make("ul", {}, items), more);
}
