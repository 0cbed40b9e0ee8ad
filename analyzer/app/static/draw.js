// Paints the saved pose over the clip. Places are px of the clip's full-size picture.

const TRAIL_S = 0.6;
const JOINTS = [11, 12, 13, 14, 15, 16, 23, 24, 25, 26, 27, 28, 31, 32];
const CASING = "rgb(16 20 23 / .85)";
const SIDES = { left: "#ffffff", right: "#cdc0f2", both: "#ffffff" };
const FAR = "#8c9296";

export class Painter {
  constructor(canvas, view) {
    this.canvas = canvas;
    this.view = view;
    this.on = new Set();
    this.always = new Set(); // curves that are drawn all the time
    const style = getComputedStyle(document.documentElement);
    this.colours = Object.fromEntries(
      ["pass", "borderline", "fail", "info", "not_measured"].map((name) => [name, style.getPropertyValue(`--${name}`).trim()]),
    );
  }

  // Fit the canvas to what it lies on.
  fit() {
    const ratio = window.devicePixelRatio || 1;
    const { clientWidth, clientHeight } = this.canvas;
    this.canvas.width = Math.round(clientWidth * ratio);
    this.canvas.height = Math.round(clientHeight * ratio);
  }

  paint(index) {
    const { canvas, view } = this;
    const brush = canvas.getContext("2d");
    brush.setTransform(1, 0, 0, 1, 0, 0);
    brush.clearRect(0, 0, canvas.width, canvas.height);
    brush.setTransform(canvas.width / view.width, 0, 0, canvas.height / view.height, 0, 0);
    brush.lineCap = brush.lineJoin = "round";
    this.brush = brush;
    this.width = Math.max(view.body_px / 150, view.width / 400);
    if (this.on.has("trails")) this.#trails(index);
    if (this.on.has("plumb")) this.#plumb(index);
    if (this.on.has("skeleton")) this.#skeleton(index);
    if (this.on.has("hips")) this.#hips(index);
    this.#readings(index);
  }

  // The place of a landmark, or null where it was not seen.
  place(index, landmark) {
    const row = this.view.points[index];
    if (!row || row[2 * landmark] === null) return null;
    return [row[2 * landmark], row[2 * landmark + 1]];
  }

  #line(points, colour, width, dash = []) {
    const { brush } = this;
    if (points.some((point) => point === null) || points.length < 2) return;
    brush.beginPath();
    points.forEach(([x, y], number) => (number ? brush.lineTo(x, y) : brush.moveTo(x, y)));
    brush.setLineDash([]);
    brush.strokeStyle = CASING;
    brush.lineWidth = width * 1.9;
    brush.stroke();
    brush.setLineDash(dash.map((length) => length * width));
    brush.strokeStyle = colour;
    brush.lineWidth = width;
    brush.stroke();
    brush.setLineDash([]);
  }

  #dot([x, y], radius, colour, hollow = false) {
    const { brush } = this;
    brush.beginPath();
    brush.arc(x, y, radius, 0, 2 * Math.PI);
    brush.fillStyle = hollow ? CASING : colour;
    brush.fill();
    brush.strokeStyle = hollow ? colour : CASING;
    brush.lineWidth = radius * 0.5;
    brush.stroke();
  }

  #skeleton(index) {
    const { view, width } = this;
    const far = (bone) => bone.side === view.far;
    for (const bone of [...view.bones].sort((a, b) => far(b) - far(a)))
      this.#line(
        bone.ends.map((end) => this.place(index, end)),
        far(bone) ? FAR : SIDES[bone.side],
        far(bone) ? 0.7 * width : width,
      );
    for (const joint of JOINTS) {
      const at = this.place(index, joint);
      const side = joint % 2 ? "left" : "right"; // left landmarks have odd numbers
      if (at) this.#dot(at, 1.3 * width, side === view.far ? FAR : SIDES[side], side === "right");
    }
  }

  #trails(index) {
    const { view, brush, width } = this;
    let first = index;
    while (first > 0 && view.times_s[index] - view.times_s[first - 1] < TRAIL_S) first -= 1;
    for (const [side, landmarks] of Object.entries(view.trails))
      for (const landmark of landmarks)
        for (let i = first; i < index; i += 1) {
          const ends = [this.place(i, landmark), this.place(i + 1, landmark)];
          if (ends.includes(null)) continue;
          brush.globalAlpha = (i + 1 - first) / (index - first);
          this.#line(ends, side === view.far ? FAR : SIDES[side], 0.6 * width);
        }
    brush.globalAlpha = 1;
  }

  #plumb(index) {
    const { view, width } = this;
    const com = view.com[index];
    const feet = [27, 28, 29, 30, 31, 32].map((landmark) => this.place(index, landmark)).filter(Boolean);
    if (!com || !feet.length) return;
    this.#line([com, [com[0], Math.max(...feet.map((foot) => foot[1]))]], "#ced5d9", 0.8 * width, [3, 3]);
    this.#dot(com, 2 * width, "#ced5d9", true);
  }

  #hips(index) {
    const { view, width } = this;
    const [a, b] = view.hips.map((landmark) => this.place(index, landmark));
    if (!a || !b) return;
    const middle = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
    const half = 0.16 * view.body_px;
    this.#line([[middle[0] - half, middle[1]], [middle[0] + half, middle[1]]], "#ced5d9", 0.6 * width, [3, 3]);
    const length = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1;
    const reach = [((b[0] - a[0]) / length) * half, ((b[1] - a[1]) / length) * half];
    this.#line([[middle[0] - reach[0], middle[1] - reach[1]], [middle[0] + reach[0], middle[1] + reach[1]]], this.colours.info, width);
  }

  #readings(index) {
    const time = this.view.times_s[index];
    this.view.curves.forEach((curve, number) => {
      const now = curve.marks.find((mark) => mark.from_s <= time && time <= mark.until_s && mark.from_s < mark.until_s);
      if (!curve.drawing[index] || !(this.always.has(number) || (now && this.on.has("angles")))) return;
      this.#reading(curve, curve.drawing[index], now ? now.verdict : curve.verdict);
    });
  }

  #reading(curve, flat, verdict) {
    const { brush, width } = this;
    const [a, b, c, d] = [0, 2, 4, 6].map((at) => [flat[at], flat[at + 1]]);
    const colour = this.colours[verdict];
    if (curve.kind === "angle") {
      const turn = (to) => Math.atan2(to[1] - b[1], to[0] - b[0]);
      const reach = 0.45 * Math.hypot(d[0] - b[0], d[1] - b[1]);
      const across = (turn(c) - turn(d) + 3 * Math.PI) % (2 * Math.PI) - Math.PI;
      brush.beginPath();
      brush.moveTo(...b);
      brush.arc(...b, reach, turn(d), turn(d) + across, across < 0);
      brush.closePath();
      brush.globalAlpha = 0.45;
      brush.fillStyle = colour;
      brush.fill();
      brush.globalAlpha = 1;
      this.#line([b, d], "#ffffff", 0.6 * width, [2, 3]);
      this.#judged([a, b, c], colour, verdict);
    } else {
      this.#line([a, b], "#ffffff", 0.6 * width, [2, 3]);
      this.#judged([c, d], colour, verdict);
      this.#dot(d, 1.4 * width, colour);
    }
  }

  // The verdicts' line styles are those of the overlay video: told by more than colour.
  #judged(points, colour, verdict) {
    const { width } = this;
    this.#line(points, colour, 1.6 * width, verdict === "borderline" ? [2, 1.8] : []);
    if (verdict === "fail") this.#line(points, "#ffffff", 0.4 * width);
  }
}
