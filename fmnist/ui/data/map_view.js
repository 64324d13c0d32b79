// What of the map is on the screen: its middle, and how large it is drawn.
const SIDE = 65536; // the map goes from 0 to this
const MOST_ZOOM = 60;
const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

class View {
  // changed: called after each pan and zoom.
  constructor(changed) {
    this.changed = changed;
    [this.width, this.height] = [0, 0]; // in pixels of the page
    this.reset();
  }

  reset() {
    [this.x, this.y, this.zoom] = [SIDE / 2, SIDE / 2, 1];
  }

  // Pixels of the page for a step of the map.
  get unit() {
    return (this.zoom * Math.min(this.width, this.height)) / SIDE;
  }

  on_screen([x, y]) {
    return [(x - this.x) * this.unit + this.width / 2, (y - this.y) * this.unit + this.height / 2];
  }

  on_map([left, top]) {
    return [(left - this.width / 2) / this.unit + this.x, (top - this.height / 2) / this.unit + this.y];
  }

  get middle() {
    return [this.width / 2, this.height / 2];
  }

  get corners() {
    const { width, height } = this;
    return [[0, 0], [width, 0], [width, height], [0, height]].map((corner) => this.on_map(corner));
  }

  shows([left, top]) {
    return left >= 0 && top >= 0 && left <= this.width && top <= this.height;
  }

  pan(left, top) {
    this.x = clamp(this.x - left / this.unit, 0, SIDE);
    this.y = clamp(this.y - top / this.unit, 0, SIDE);
    this.changed();
  }

  // Zoom so that what is at a place of the screen stays there.
  scale(factor, at = this.middle) {
    const place = this.on_map(at);
    this.zoom = clamp(this.zoom * factor, 1, MOST_ZOOM);
    const [left, top] = this.on_screen(place);
    this.pan(at[0] - left, at[1] - top);
  }

  fit() {
    this.reset();
    this.changed();
  }
}
