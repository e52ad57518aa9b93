// A text with its names marked, in the look of the report: a color, a line and a sign for each kind.

import { make, percent } from "./dom.js";

export const SIGNS = { exact: "●", inflected: "◐", derived: "◇", similar: "≈", open: "?" };

export const KINDS = {
  exact: "as the glossary lists it",
  inflected: "a grammatical form of a listed name",
  derived: "follows from a listed name by rules",
  similar: "only sounds or looks like it",
  open: "several entries fit",
};

const SURE = 0.85; // below this a mention carries its probability
const LONGEST = 24; // letters at the end of a name that are kept in one line with its sign

export const kindOf = (mention) => (mention.entry === null ? "open" : mention.method);

/** `text` as nodes, each span of `spans` (with start and end) as what `marked` makes of it. */
export function pieces(text, spans, marked) {
  const nodes = [];
  let at = 0;
  for (const span of spans) {
    nodes.push(text.slice(at, span.start), marked(span));
    at = span.end;
  }
  nodes.push(text.slice(at));
  return nodes;
}

export function mentionMark(text, mention, number, open) {
  const kind = kindOf(mention);
  const doubtful = mention.entry !== null && mention.score < SURE;
  const sign = SIGNS[kind] + (doubtful ? ` ${percent(mention.score)}` : "");
  const who = mention.entry ?? "several entries";
  return mark(text.slice(mention.start, mention.end), {
    id: `mention-${number}`,
    kinds: `${kind}${doubtful ? " doubtful" : ""}`,
    language: mention.language,
    label: `${mention.text}: ${who}, ${mention.method}, ${percent(mention.score)}`,
    sign,
    open,
  });
}

export function editMark(edit, language, open) {
  return mark(edit.replacement, {
    kinds: `changed${edit.note ? " noted" : ""}`,
    language,
    label: `${edit.replacement}: it was ${edit.text}`,
    sign: edit.note ? "!" : "✎",
    open,
  });
}

function mark(name, { id, kinds, language, label, sign, open }) {
  const [start, last] = parted(name);
  const button = make(
    "button",
    {
      type: "button",
      "aria-haspopup": "dialog",
      "aria-expanded": "false",
      "aria-label": label,
      onclick: () => open(button),
    },
    make("span", { class: "sign", "aria-hidden": "true" }, sign),
  );
  const tag = language && language !== "und" ? language : null;
  return make("mark", { id, class: kinds, lang: tag }, start, make("span", { class: "last" }, last, button));
}

/** A name before and from its last word, which the sign is not to be torn from. */
function parted(name) {
  const last = name.slice(-LONGEST).trimEnd().split(/\s/u).at(-1);
  const at = last && name.endsWith(last) ? name.length - last.length : name.length;
  return [name.slice(0, at), name.slice(at)];
}

/** The legend: what each kind means, and whether it is shown. */
export function legend() {
  const rows = Object.entries(KINDS).map(([kind, said]) => {
    const box = make("input", { type: "checkbox", id: `show-${kind}`, checked: true });
    const name = kind === "open" ? "to be decided" : kind;
    return row(kind, make("label", {}, box, words(kind, name, SIGNS[kind], said)));
  });
  return [...rows, row("changed", words("changed", "changed", "✎", "written another way"))];
}

const row = (kind, ...content) => make("li", { "data-kind": kind }, ...content);

function words(kind, name, sign, said) {
  const shape = make("span", { class: "sign", "aria-hidden": "true" }, ` ${sign}`);
  const number = make("span", { class: "count" });
  return make("span", {}, make("mark", { class: kind }, name, shape), ` ${said} (`, number, ")");
}

/** How many there are of each kind; kinds that do not occur are hidden. */
export function counted(list, mentions, edits) {
  const numbers = { changed: edits.length };
  for (const one of mentions) numbers[kindOf(one)] = (numbers[kindOf(one)] ?? 0) + 1;
  for (const item of list.children) {
    const number = numbers[item.dataset.kind] ?? 0;
    item.hidden = number === 0;
    item.querySelector(".count").textContent = number.toLocaleString("en");
  }
}
