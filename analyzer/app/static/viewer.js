// The viewer: the clip with the saved pose drawn on it, frame by frame.

import { drawn, element } from "./api.js";
import { CurveCard } from "./curves.js";
import { Painter } from "./draw.js";
import { Film } from "./film.js";

const byId = (id) => document.getElementById(id);
const [root, video, canvas, slider, speed, looping, jump, help] =
  ["viewer", "film", "drawing", "time", "speed", "loop", "jump", "help"].map(byId);
const draws = [...document.querySelectorAll("[data-draw]")];
const sources = [...document.querySelectorAll("[name=source]")];

async function start() {
  const answer = await fetch("view.json");
  if (!answer.ok) {
    byId("loading").textContent = "The movement of this result is not kept, so nothing can be drawn on it.";
    return;
  }
  const view = await answer.json();
  const painter = new Painter(canvas, view);
  const film = new Film(video, view.times_s, show);
  const cards = view.curves.map((curve, number) => new CurveCard(curve, view, {
    go: (time) => { film.pause(); film.go(film.at(time)); },
    always: (on) => { painter.always[on ? "add" : "delete"](number); painter.paint(film.index); },
  }));
  byId("curves").replaceChildren(...cards.map((card) => card.node));
  if (!cards.length) byId("curves").append("Nothing that could be drawn was measured in this clip.");

  function show(index) {
    slider.value = index;
    const time = view.times_s[index];
    slider.setAttribute("aria-valuetext", `${time.toFixed(2)} seconds`);
    byId("clock").textContent = `${time.toFixed(3)} s · frame ${index + 1} of ${film.last + 1}`;
    root.dataset.frame = index;
    painter.paint(index);
    for (const card of cards) card.show(index);
  }

  controls(film, view, show);
  const redraw = () => {
    painter.on = new Set(draws.filter((box) => box.checked).map((box) => box.dataset.draw));
    painter.paint(film.index);
  };
  for (const box of draws) box.addEventListener("change", redraw);
  new ResizeObserver(() => { painter.fit(); painter.paint(film.index); }).observe(canvas);
  painter.fit();
  redraw();
  show(0);
  load(film, view, () => { redraw(); });
}

// The clip itself with the drawings on it; where it is gone or cannot be played, the overlay video; else the pose alone.
function load(film, view, changed) {
  const usable = () => sources.find((box) => !box.disabled)?.value;
  const choose = (source) => {
    const index = film.index;
    sources.forEach((box) => (box.checked = box.value === source));
    // The overlay video has its drawings already.
    canvas.hidden = source === "overlay.mp4";
    root.dataset.source = source ?? "none";
    film.absent = source === undefined;
    film.clock = source === "overlay.mp4" ? view.overlay_s : view.times_s;
    if (source === "overlay.mp4" && sources[0].disabled)
      byId("film-said").textContent = "The clip is not where it was, or this browser cannot play it: this is the overlay video.";
    changed();
    if (film.absent) {
      video.style.aspectRatio = `${view.width} / ${view.height}`;
      video.style.width = `${view.width}px`;
      byId("film-said").textContent = "The clip is not there any more and there is no overlay video: only the pose is shown.";
      root.dataset.ready = "true";
      return;
    }
    video.src = source;
    video.addEventListener("loadeddata", () => {
      film.go(index);
      film.setRate(film.rate);
      root.dataset.ready = "true";
    }, { once: true });
  };
  video.addEventListener("error", () => {
    const lost = sources.find((box) => box.checked);
    if (!lost || film.absent) return;
    lost.disabled = true;
    choose(usable());
  });
  for (const box of sources) box.addEventListener("change", () => { film.pause(); choose(box.value); });
  choose(usable());
}

function controls(film, view, show) {
  const press = (id, action) => byId(id).addEventListener("click", action);
  const event = (by) => {
    const now = view.times_s[film.index];
    const times = view.happenings.map((each) => film.at(each.t_s));
    const target = by > 0 ? times.find((index) => index > film.index) : times.findLast((index) => index < film.index);
    film.pause();
    if (target !== undefined && now !== undefined) film.go(target);
  };
  const toggle = () => (film.playing ? film.pause() : film.play());
  const word = () => {
    byId("play-word").textContent = film.playing ? "Pause" : "Play";
    root.dataset.playing = film.playing;
  };
  for (const kind of ["play", "pause", "ended"]) video.addEventListener(kind, word);
  press("play", () => { toggle(); word(); });
  press("back", () => film.step(-1));
  press("on", () => film.step(1));
  press("event-back", () => event(-1));
  press("event-on", () => event(1));
  slider.max = film.last;
  slider.addEventListener("input", () => { film.pause(); film.go(Number(slider.value)); });
  speed.addEventListener("change", () => film.setRate(Number(speed.value)));

  view.stretches.forEach((stretch, number) => looping.append(element("option", { value: number }, stretch.label)));
  const loop = (stretch) => {
    film.loop = stretch ? [stretch.from_s, stretch.until_s] : null;
    looping.value = stretch ? view.stretches.indexOf(stretch) : "";
    if (stretch && !(stretch.from_s <= view.times_s[film.index] && view.times_s[film.index] <= stretch.until_s))
      film.go(film.at(stretch.from_s));
  };
  looping.addEventListener("change", () => loop(looping.value === "" ? null : view.stretches[Number(looping.value)]));
  view.happenings.forEach((each, number) => jump.append(element("option", { value: number }, `${each.t_s.toFixed(2)} s: ${each.label}`)));
  jump.addEventListener("change", () => {
    if (jump.value === "") return;
    film.pause();
    film.go(film.at(view.happenings[Number(jump.value)].t_s));
  });
  ticks(view);

  const here = () => {
    const now = view.times_s[film.index];
    return view.stretches.find((stretch) => stretch.from_s <= now && now < stretch.until_s);
  };
  const faster = (by) => {
    speed.selectedIndex = Math.max(0, Math.min(speed.options.length - 1, speed.selectedIndex + by));
    film.setRate(Number(speed.value));
  };
  keys({
    " ": () => { toggle(); word(); },
    ArrowLeft: (pressed) => (pressed.shiftKey ? event(-1) : film.step(-1)),
    ArrowRight: (pressed) => (pressed.shiftKey ? event(1) : film.step(1)),
    ArrowUp: () => faster(1),
    ArrowDown: () => faster(-1),
    l: () => loop(film.loop ? null : here()),
    Home: () => film.step(-film.last),
    End: () => film.step(film.last),
    "?": () => help.showModal(),
    ...Object.fromEntries(draws.map((box, number) => [String(number + 1), () => box.click()])),
  });
  press("help-open", () => help.showModal());
  show(film.index);
}

function keys(actions) {
  document.addEventListener("keydown", (pressed) => {
    if (pressed.ctrlKey || pressed.metaKey || pressed.altKey || help.open) return;
    const on = pressed.target;
    // Lists and sliders have keys of their own; buttons are pressed with the space bar.
    const own = on instanceof HTMLSelectElement || (on instanceof HTMLInputElement && on.type === "radio") ||
      (pressed.key === " " && (on instanceof HTMLButtonElement || on instanceof HTMLInputElement)) ||
      (on === slider && !pressed.shiftKey && pressed.key.startsWith("Arrow"));
    const action = actions[pressed.key] ?? actions[pressed.key.toLowerCase()];
    if (own || !action) return;
    pressed.preventDefault();
    action(pressed);
  });
}

function ticks(view) {
  const picture = byId("ticks");
  picture.setAttribute("viewBox", "0 0 1000 10");
  picture.setAttribute("preserveAspectRatio", "none");
  const first = view.times_s[0];
  const span = Math.max(view.times_s.at(-1) - first, 1e-6);
  for (const each of view.happenings) {
    if (!["contact", "start", "top"].includes(each.kind)) continue;
    const x = ((each.t_s - first) / span) * 1000;
    picture.append(drawn("line", { class: each.side, x1: x, x2: x, y1: 0, y2: each.kind === "top" ? 5 : 10 }));
  }
}

start();
