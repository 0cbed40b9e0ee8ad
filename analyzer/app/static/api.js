// Asking the server; every change carries the token that only our own pages know.

const token = document.querySelector('meta[name="stridecheck-token"]').content;

// Resolves to what came back; rejects with an Error whose message is a sentence for the coach.
export async function ask(method, address, { json, body } = {}) {
  const headers = { "X-Stridecheck-Token": token };
  if (json !== undefined) headers["Content-Type"] = "application/json";
  let answer;
  try {
    answer = await fetch(address, { method, headers, body: json === undefined ? body : JSON.stringify(json) });
  } catch {
    throw new Error("Stridecheck does not answer. Is it still running?");
  }
  const text = await answer.text();
  let said = {};
  try {
    said = text ? JSON.parse(text) : {};
  } catch {
    said = { said: text };
  }
  if (!answer.ok) throw new Error(said.said || "That did not work.");
  return said;
}

// A new element; text is always text, never markup.
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

const SVG = "http://www.w3.org/2000/svg";

export function drawn(name, attributes = {}) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
