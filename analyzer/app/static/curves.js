// A card for each curve: the line over the clip, its target, the readings, and a head that moves with the clip.

import { drawn, element } from "./api.js";

const HEIGHT = 100;
const MARGIN = 6;

export class CurveCard {
  // go(time) is called where somebody points into the curve; always(on) when it shall be drawn all the time.
  constructor(curve, view, { go, always }) {
    this.curve = curve;
    this.times = view.times_s;
    this.first = view.times_s[0];
    this.span = Math.max(view.times_s.at(-1) - this.first, 1e-6);
    this.now = element("span", { class: "now num" });
    this.node = element("article", { class: `card curve-card ${curve.verdict}` });
    const title = element("h3", {}, curve.title);
    if (curve.side !== "both") title.append(element("span", {}, `, ${curve.side}`));
    const box = element("input", { type: "checkbox" });
    box.addEventListener("change", () => always(box.checked));
    this.node.append(
      title,
      element("p", { class: "row" }, this.now, element("span", { class: "small" }, `${curve.reading}, ${curve.word}`)),
      this.#picture(go),
      element(
        "p",
        { class: "row small" },
        element("span", {}, curve.target ? `Target: ${curve.target}` : "No target"),
        element("label", {}, box, " Draw all the time", element("span", { class: "hidden" }, `: ${curve.title}, ${curve.side}`)),
      ),
    );
  }

  show(index) {
    const value = this.curve.values[index];
    this.now.textContent = value === null ? "not seen" : `${value.toFixed(Math.abs(value) < 10 ? 1 : 0).replace("-", "−")}${this.curve.unit}`;
    const x = this.#x(this.times[index]);
    this.head.setAttribute("x1", x);
    this.head.setAttribute("x2", x);
  }

  #x(time) {
    return ((time - this.first) / this.span) * 1000;
  }

  #picture(go) {
    const { curve } = this;
    const seen = curve.values.filter((value) => value !== null).sort((a, b) => a - b);
    const edges = [curve.pass_low, curve.pass_high].filter((value) => value !== null);
    // Single wild frames would flatten the rest.
    const known = [seen[Math.floor(0.01 * seen.length)] ?? 0, seen[Math.ceil(0.99 * seen.length) - 1] ?? 1, ...edges, ...curve.marks.map((mark) => mark.value)];
    const low = Math.min(...known);
    const high = Math.max(...known, low + 1);
    this.y = (value) => HEIGHT - MARGIN - ((value - low) / (high - low)) * (HEIGHT - 2 * MARGIN);
    const side = curve.side === "both" ? "" : `, ${curve.side}`;
    const picture = drawn("svg", { viewBox: `0 0 1000 ${HEIGHT}`, preserveAspectRatio: "none", role: "img", "aria-label": `${curve.title}${side} over the clip: ${curve.reading}` });
    if (edges.length) {
      const top = curve.pass_high === null ? 0 : Math.max(0, this.y(curve.pass_high));
      const bottom = curve.pass_low === null ? HEIGHT : Math.min(HEIGHT, this.y(curve.pass_low));
      picture.append(drawn("rect", { class: "band", x: 0, width: 1000, y: top, height: Math.max(0, bottom - top) }));
    }
    if (low < 0 && high > 0) picture.append(drawn("line", { class: "zero", x1: 0, x2: 1000, y1: this.y(0), y2: this.y(0) }));
    picture.append(drawn("path", { class: "line", d: this.#path() }));
    for (const mark of curve.marks) {
      const at = `M${this.#x(mark.t_s)} ${this.y(mark.value)}h0.01`;
      picture.append(drawn("path", { class: "read", d: at }));
    }
    this.head = drawn("line", { class: "head", x1: 0, x2: 0, y1: 0, y2: HEIGHT });
    picture.append(this.head);
    const point = (event) => {
      const box = picture.getBoundingClientRect();
      go(this.first + ((event.clientX - box.left) / box.width) * this.span);
    };
    picture.addEventListener("pointerdown", (event) => {
      point(event);
      picture.setPointerCapture(event.pointerId);
    });
    picture.addEventListener("pointermove", (event) => event.buttons && point(event));
    return picture;
  }

  #path() {
    let open = false;
    let path = "";
    this.curve.values.forEach((value, index) => {
      if (value === null) open = false;
      else {
        path += `${open ? "L" : "M"}${this.#x(this.times[index]).toFixed(1)} ${this.y(value).toFixed(1)}`;
        open = true;
      }
    });
    return path;
  }
}
