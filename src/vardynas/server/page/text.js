// A text: read as it is typed, pasted or dropped; shown with its names, and written one way.

import { byId, count, fill, foreign, languageName, make, percent, say } from "./dom.js";
import { counted, editMark, legend, mentionMark, pieces } from "./marks.js";
import { hide, showEdit, showMention } from "./note.js";
import { normalize, scan, settled } from "./service.js";

const LANGUAGES = ["lt", "be", "be-tarask", "be-Latn", "pl", "en", "ru"];
const EXAMPLE = `Łukaszenki nie było w Grodnie. Z Wilna odpowiedziała Swiatłana Cichanouska; o Kalinouskim mówił Konstanty Kalinowski.

Aliaksandras Lukašenka Gardine nebuvo, rašo Vilniaus laikraščiai. Lukašenkkos žodžius kartojo Stasys Lozoraitis.

Сьвятлана Ціханоўская была ў Варшаве.

In Minsk, Lukashenka is written Lukashenko, too.
`;

const source = byId("source");
const problem = byId("text-problem");
const state = byId("text-state");
const results = byId("results");
let name = "text.txt";
let written = "";

const wait = () => (source.value.length > 20000 ? 900 : 350);

const read = settled(async (signal) => {
  const text = source.value;
  if (text.trim() === "") return nothing();
  busy(true);
  try { // one after the other: a long text takes one thread of the service, not two
    const found = await scan(text, byId("language").value, signal);
    const made = await normalize(text, byId("to").value, byId("language").value, signal);
    say(problem, "");
    show(text, found.mentions, made);
  } catch (error) {
    if (error.name === "AbortError") return;
    nothing();
    say(problem, error.message);
  }
  busy(false);
}, wait);

function busy(now) {
  state.classList.toggle("busy", now);
  results.setAttribute("aria-busy", String(now));
  if (now) state.textContent = "Reading…";
}

function nothing() {
  results.hidden = true;
  state.textContent = "";
  say(problem, "");
  busy(false);
}

function show(text, mentions, made) {
  hide();
  written = made.text;
  const marked = mentions.map((one, at) => ({ ...one, at }));
  const mark = (one) => mentionMark(text, one, one.at, (button) => showMention(button, one));
  const edited = (one) => editMark(one, writtenIn(one, mentions), (button) => showEdit(button, one));
  counted(byId("legend"), mentions, made.edits);
  fill(byId("found"), ...pieces(text, marked, mark));
  fill(byId("written"), ...pieces(text, made.edits, edited));
  byId("copied").textContent = "";
  decide(marked.filter((one) => one.entry === null));
  results.hidden = false;
  state.textContent = summary(mentions);
}

/** The language of a changed name: the one asked for, or that of the name it replaces. */
function writtenIn(edit, mentions) {
  const target = byId("to").value;
  if (LANGUAGES.includes(target)) return target;
  if (target === "id") return "und";
  return mentions.find((one) => one.start < edit.end && edit.start < one.end)?.language ?? "und";
}

function summary(mentions) {
  const entries = new Set(mentions.map((one) => one.entry).filter((id) => id !== null));
  if (mentions.length === 0) return "No name of the glossary stands in this text.";
  const open = mentions.filter((one) => one.entry === null).length;
  const said = `${count(mentions.length, "name", "names")} of ${count(entries.size, "entry", "entries")}`;
  return open ? `${said}; ${count(open, "name", "names")} to be decided.` : `${said}.`;
}

function decide(mentions) {
  byId("open").hidden = mentions.length === 0;
  fill(byId("open-rows"), ...mentions.map(question));
}

function question(mention) {
  const link = make("button", { type: "button", class: "link" }, foreign(mention.text, mention.language));
  link.addEventListener("click", () => {
    const mark = byId(`mention-${mention.at}`);
    mark.scrollIntoView({ block: "center" });
    mark.querySelector("button").focus();
  });
  const choices = mention.candidates.map((one) => `${one.id} (${percent(one.score)})`);
  return make("tr", {}, make("td", {}, link), make("td", {}, choices.join(", ")));
}

// ------------------------------------------------------------ files in and out

async function open(file) {
  if (!file) return;
  try {
    put(new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer()), file.name);
  } catch {
    nothing();
    say(problem, `${file.name} is no text in UTF-8. Save it as such, or use “vardynas scan”, which reads documents of many kinds.`);
  }
}

function put(text, from = "text.txt") {
  source.value = text;
  name = from;
  read();
}

async function copy() {
  try {
    await navigator.clipboard.writeText(written);
    byId("copied").textContent = "Copied.";
  } catch {
    getSelection().selectAllChildren(byId("written"));
    byId("copied").textContent = "The browser does not let this page copy; use Download.";
  }
}

function download() {
  const address = URL.createObjectURL(new Blob([written], { type: "text/plain;charset=utf-8" }));
  make("a", { href: address, download: name.replace(/(\.\w+)?$/u, ".names$1") }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

function dropping() {
  const view = document.documentElement;
  const shade = (on) => byId("drop").classList.toggle("dragged", on);
  const files = (event) => event.dataTransfer.types.includes("Files");
  view.addEventListener("dragover", (event) => {
    if (!files(event)) return;
    event.preventDefault();
    shade(true);
  });
  view.addEventListener("dragleave", (event) => event.relatedTarget || shade(false));
  view.addEventListener("drop", (event) => {
    if (!files(event)) return;
    event.preventDefault();
    shade(false);
    location.hash = "#text";
    open(event.dataTransfer.files[0]);
  });
}

export function start() {
  const choice = (tag) => make("option", { value: tag }, languageName(tag));
  byId("legend").append(...legend());
  byId("language").append(...LANGUAGES.map(choice));
  byId("to").append(...LANGUAGES.map(choice), make("option", { value: "id" }, "ids of the entries"));
  source.addEventListener("input", read);
  byId("language").addEventListener("change", read);
  byId("to").addEventListener("change", read);
  byId("example").addEventListener("click", () => put(EXAMPLE));
  byId("clear").addEventListener("click", () => {
    put("");
    source.focus();
  });
  byId("file").addEventListener("change", (event) => {
    open(event.target.files[0]);
    event.target.value = "";
  });
  byId("copy").addEventListener("click", copy);
  byId("download").addEventListener("click", download);
  dropping();
  addEventListener("pageshow", () => source.value && read()); // kept by the browser over a reload
}
