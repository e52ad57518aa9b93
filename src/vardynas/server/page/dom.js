// Elements from plain values. Text is only ever text: nothing here reads HTML.

export const byId = (id) => document.getElementById(id);

/** An element with attributes and children; strings become text, null and false are left out. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === false || value === undefined) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  add(element, children);
  return element;
}

function add(element, children) {
  const wanted = children.flat().filter((one) => one !== null && one !== false && one !== "");
  element.append(...wanted);
}

/** Put these children into an element, in place of what is there. */
export function fill(element, ...children) {
  element.replaceChildren();
  add(element, children);
}

/** A name in its language, kept apart from the direction of the text around it. */
export function foreign(text, language) {
  return make("bdi", { lang: language === "und" ? null : language }, text);
}

/** A sentence in a place for messages; "" hides it. */
export function say(element, sentence) {
  element.textContent = sentence;
  element.hidden = sentence === "";
}

export function percent(score) {
  return `${score >= 1 ? 100 : Math.min(99, Math.round(score * 100))}\u00a0%`;
}

export function count(number, one, many) {
  return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
}

const languages = new Intl.DisplayNames(["en"], { type: "language", fallback: "code" });

const OTHERS = { und: "Any language", "be-tarask": "Belarusian (classical)" };

/** What a language is called, or its tag where nobody knows. */
export function languageName(tag) {
  try {
    return OTHERS[tag] ?? languages.of(tag);
  } catch {
    return tag;
  }
}
