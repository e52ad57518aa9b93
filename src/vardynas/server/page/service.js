// Questions to the service. What goes wrong is an Error whose message is a sentence for people.

const entries = new Map();

async function ask(address, options) {
  let response;
  try {
    response = await fetch(address, { credentials: "omit", ...options });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Error("The service does not answer. Is it still running? Then try again.");
  }
  const answer = await response.json().catch(() => null);
  if (response.ok && answer !== null) return answer;
  throw new Error(answer?.error ?? `The service failed with ${response.status}; try again.`);
}

function post(address, body, signal) {
  const headers = { "content-type": "application/json" };
  return ask(address, { method: "POST", headers, body: JSON.stringify(body), signal });
}

function options(language) {
  return { offset_unit: "utf16", ...(language ? { language } : {}) };
}

export function scan(text, language, signal) {
  return post("scan", { text, evidence: true, ...options(language) }, signal);
}

export function normalize(text, to, language, signal) {
  return post("normalize", { text, to, ...options(language) }, signal);
}

/** Entries that a name may mean, also one that is still being typed. */
export async function suggest(name, signal) {
  const query = new URLSearchParams({ name, prefix: "1", limit: "8" });
  const answer = await ask(`lookup?${query}`, { signal });
  return answer.results[0].candidates;
}

/** An entry with its forms; asked for once. */
export function entry(id) {
  if (!entries.has(id)) {
    const found = ask(`entries/${encodeURIComponent(id)}`);
    entries.set(id, found);
    found.catch(() => entries.delete(id));
  }
  return entries.get(id);
}

export function health() {
  return ask("health");
}

/** A function that waits until nobody has called it for a while, and gives up what it began. */
export function settled(work, wait) {
  let timer;
  let running;
  return (...values) => {
    clearTimeout(timer);
    running?.abort();
    timer = setTimeout(() => {
      running = new AbortController();
      work(running.signal, ...values);
    }, wait(...values));
  };
}
