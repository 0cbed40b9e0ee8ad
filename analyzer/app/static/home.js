// The first page: clips are chosen, uploaded one after the other, and followed on their way.

import { ask, element } from "./api.js";

const form = document.getElementById("add");
const drop = document.getElementById("drop");
const picker = document.getElementById("clips");
const chosenList = document.getElementById("chosen");
const fault = document.getElementById("fault");
const work = document.getElementById("work");
const jobList = document.getElementById("jobs");

let chosen = [];
const rows = new Map();
let ended = null;

function show() {
  chosenList.replaceChildren(...chosen.map((file) => element("li", {}, element("bdi", {}, file.name))));
}

function take(files) {
  chosen = [...chosen, ...files];
  fault.textContent = "";
  show();
}

picker.addEventListener("change", () => {
  take(picker.files);
  picker.value = "";
});
for (const kind of ["dragenter", "dragover"])
  drop.addEventListener(kind, (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
for (const kind of ["dragleave", "drop"])
  drop.addEventListener(kind, (event) => {
    event.preventDefault();
    drop.classList.remove("over");
  });
drop.addEventListener("drop", (event) => take(event.dataTransfer.files));
// A clip that misses the box must not replace the page.
for (const kind of ["dragover", "drop"]) window.addEventListener(kind, (event) => event.preventDefault());

function said() {
  const wish = {};
  for (const name of ["person", "cue", "activity", "view"]) {
    const value = form.elements[name].value.trim();
    if (value) wish[name] = value;
  }
  for (const name of ["height_cm", "mass_kg", "speed_mps", "box_cm", "captured_fps"]) {
    const input = form.elements[name];
    if (input.value === "" && !input.validity.badInput) continue;
    if (!input.checkValidity()) {
      input.closest("details")?.setAttribute("open", "");
      input.focus();
      throw new Error(`${input.labels[0].textContent}: give a number from ${input.min} to ${input.max}.`);
    }
    wish[name] = Number(input.value);
  }
  const answers = {};
  for (const asked of form.querySelectorAll("[data-question]")) {
    const number = asked.querySelector("input[type=number]");
    const answer = asked.querySelector("input[type=radio]:checked");
    if (number && number.value !== "") answers[asked.dataset.question] = Number(number.value);
    if (answer && answer.value) answers[asked.dataset.question] = answer.value === "true";
  }
  return { ...wish, answers };
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  fault.textContent = "";
  const go = form.querySelector("[type=submit]");
  let wish;
  try {
    if (!chosen.length) throw new Error("Choose a clip first.");
    const large = chosen.find((file) => file.size > Number(form.dataset.mostBytes));
    if (large) throw new Error(`${large.name} is too large; cut it to the part that matters.`);
    wish = said();
  } catch (error) {
    fault.textContent = error.message;
    return;
  }
  go.disabled = true;
  while (chosen.length) {
    const [file] = chosen;
    try {
      const { id } = await ask("POST", "/api/jobs", { json: { ...wish, file: file.name, size_bytes: file.size } });
      await ask("PUT", `/api/jobs/${id}/clip`, { body: file });
    } catch (error) {
      fault.textContent = `${file.name}: ${error.message}`;
      break;
    }
    chosen = chosen.slice(1);
    show();
  }
  if (!chosen.length) for (const open of form.querySelectorAll("[data-question] input[value='']")) open.checked = true;
  go.disabled = false;
});

function row() {
  const made = element("li", { class: "card job" });
  made.innerHTML =
    '<div><h3><bdi class="file"></bdi></h3><p class="small"><bdi class="person"></bdi><span class="word"></span></p></div>' +
    '<p class="links"></p><progress max="1"></progress><p class="said-by"></p>';
  return made;
}

function links(job) {
  const remove = element("button", { type: "button", class: "plain" });
  const over = ["done", "failed", "cancelled"].includes(job.state);
  remove.append(over ? "Take off the list" : "Cancel", element("span", { class: "hidden" }, ` ${job.file}`));
  remove.addEventListener("click", () => ask("DELETE", `/api/jobs/${job.id}`).catch((e) => (fault.textContent = e.message)));
  if (job.state !== "done") return [remove];
  const named = () => element("span", { class: "hidden" }, ` ${job.file}`);
  return [
    element("a", { href: `/results/${job.result}/report.html` }, "Report", named()),
    element("a", { href: `/results/${job.result}/` }, "Watch", named()),
    remove,
  ];
}

function update(job) {
  if (!rows.has(job.id)) rows.set(job.id, row());
  const made = rows.get(job.id);
  made.dataset.state = job.state;
  made.querySelector(".file").textContent = job.file;
  made.querySelector(".person").textContent = job.person ? `${job.person} · ` : "";
  const share = ` ${Math.round(100 * job.share)} %`;
  made.querySelector(".word").textContent =
    job.state === "running" && job.stage ? job.stage + share : job.state === "uploading" ? job.word + share : job.word;
  const bar = made.querySelector("progress");
  bar.hidden = !["uploading", "running"].includes(job.state);
  bar.value = job.share;
  bar.setAttribute("aria-label", `${job.stage || job.word}: ${job.file}`);
  const words = made.querySelector(".said-by");
  words.textContent = job.said;
  words.hidden = !job.said;
  if (made.dataset.links !== job.state) {
    made.dataset.links = job.state;
    made.querySelector(".links").replaceChildren(...links(job));
  }
  return made;
}

async function refreshPeople() {
  const text = await (await fetch("/")).text();
  const fresh = new DOMParser().parseFromString(text, "text/html");
  for (const place of ["section[aria-labelledby=who]", "#people"])
    document.querySelector(place).replaceWith(document.adoptNode(fresh.querySelector(place)));
}

new EventSource("/api/events").addEventListener("jobs", (event) => {
  const jobs = JSON.parse(event.data);
  const known = new Set(jobs.map((job) => job.id));
  for (const id of rows.keys()) if (!known.has(id)) rows.delete(id);
  const wanted = jobs.reverse().map(update);
  // Moved only if the order changed: whoever is about to press a button keeps the focus.
  if (wanted.length !== jobList.children.length || wanted.some((made, index) => made !== jobList.children[index]))
    jobList.replaceChildren(...wanted);
  work.hidden = jobs.length === 0;
  const done = jobs.filter((job) => job.state === "done").map((job) => job.id).join();
  if (ended !== null && done !== ended) refreshPeople();
  ended = done;
});
