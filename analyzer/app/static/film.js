// The clip, frame by frame: which of the track's frames is on the screen, and how to get to another.

const NUDGE_S = 0.001; // clocks of containers are as coarse as a millisecond

export class Film {
  // times: seconds of each frame as the file plays; shown(index) is called whenever another frame is on the screen.
  constructor(video, times, shown) {
    this.video = video;
    this.times = times;
    this.clock = times; // the same frames by the video's own time: an overlay may be slower than the clip
    this.index = 0;
    this.shown = shown;
    this.loop = null;
    this.wanted = null;
    this.absent = false; // no video can be played: the pose moves alone, by the clock
    this.rate = 1;
    video.addEventListener("seeked", () => this.#arrived());
    video.addEventListener("ended", () => this.#ended());
    if (video.requestVideoFrameCallback) video.requestVideoFrameCallback((_, frame) => this.#presented(frame));
    else requestAnimationFrame(() => this.#ticked());
  }

  get last() {
    return this.times.length - 1;
  }

  get playing() {
    return this.absent ? this.#running !== null : !this.video.paused;
  }

  // The frame that is on the screen at a time of the clip.
  at(time, clock = this.times) {
    let low = 0;
    let high = this.last;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (clock[middle] <= time + NUDGE_S) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  step(by) {
    this.pause();
    this.go(this.index + by);
  }

  go(index) {
    index = Math.max(0, Math.min(this.last, index));
    this.#set(index);
    if (this.absent) return;
    this.wanted = index;
    if (!this.video.seeking) this.#seek();
  }

  setRate(rate) {
    this.rate = rate;
    this.video.playbackRate = rate;
  }

  play() {
    if (this.index === this.last && !this.loop) this.go(0);
    if (this.absent) this.#run();
    else this.video.play().catch(() => {});
  }

  pause() {
    if (this.#running !== null) cancelAnimationFrame(this.#running);
    this.#running = null;
    this.video.pause();
  }

  #running = null;

  #run() {
    let before = performance.now();
    let time = this.times[this.index];
    const tick = (now) => {
      time += ((now - before) / 1000) * this.rate;
      before = now;
      this.#running = time < this.times[this.last] || this.loop ? requestAnimationFrame(tick) : null;
      this.#set(this.at(time));
      if (this.#beyond(time)) {
        time = this.loop[0];
        this.#set(this.at(time));
      }
    };
    this.#running = requestAnimationFrame(tick);
  }

  #seek() {
    const gap = this.wanted < this.last ? this.clock[this.wanted + 1] - this.clock[this.wanted] : NUDGE_S;
    this.video.currentTime = this.clock[this.wanted] + Math.min(NUDGE_S, gap / 2);
    this.wanted = null;
  }

  #arrived() {
    if (this.wanted !== null) this.#seek();
  }

  #ended() {
    if (!this.loop) return;
    this.go(this.at(this.loop[0]));
    this.video.play().catch(() => {});
  }

  #beyond(time) {
    return this.loop !== null && (time > this.loop[1] || time < this.loop[0] - 0.1);
  }

  #set(index) {
    if (index === this.index) return;
    this.index = index;
    this.shown(index);
  }

  #presented(frame) {
    if (!this.absent) this.#follow(frame.mediaTime);
    this.video.requestVideoFrameCallback((_, next) => this.#presented(next));
  }

  #ticked() {
    if (!this.absent && this.playing) this.#follow(this.video.currentTime);
    requestAnimationFrame(() => this.#ticked());
  }

  #follow(time) {
    if (this.wanted !== null || this.video.seeking) return;
    const index = this.at(time, this.clock);
    if (this.playing && this.#beyond(this.times[index])) this.go(this.at(this.loop[0]));
    else this.#set(index);
  }
}
