// The page: two views, of which the address says one (#text, #name, #entry/hrodna).

import { byId } from "./dom.js";
import * as name from "./name.js";
import { health } from "./service.js";
import * as text from "./text.js";

function view() {
  const [what, id] = location.hash.slice(1).split("/");
  if (what === "main") return; // the link past the header
  const named = what === "name" || what === "entry";
  byId("view-text").hidden = named;
  byId("view-name").hidden = !named;
  document.title = `${named ? "A name" : "Names in a text"} – vardynas`;
  current(byId("nav-text"), !named);
  current(byId("nav-name"), named);
  if (what === "entry" && id) name.show(decoded(id)).then(() => byId("entry-title")?.focus());
  else if (what === "name") byId("query").focus();
}

function current(link, here) {
  if (here) link.setAttribute("aria-current", "page");
  else link.removeAttribute("aria-current");
}

function decoded(id) {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

async function sign() {
  const { vardynas, entries, glossary } = await health();
  const number = entries.toLocaleString("en");
  byId("made-by").textContent = `vardynas ${vardynas}, glossary ${glossary.version}, ${number} entries`;
}

text.start();
name.start();
addEventListener("hashchange", view);
view();
sign().catch(() => {});
