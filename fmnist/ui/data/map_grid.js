// Finds the point nearest to a place: points are listed by the square of the map that they lie in.
const SHIFT = 8; // 65536 / 2 ** 8 = 256 squares a side
const SQUARES = 1 << (16 - SHIFT);

class Grid {
  // places: uint16, x and y of each point.
  constructor(places) {
    this.places = places;
    const n = places.length / 2;
    const square = (i) => (places[2 * i + 1] >> SHIFT) * SQUARES + (places[2 * i] >> SHIFT);
    this.starts = new Uint32Array(SQUARES * SQUARES + 1);
    for (let i = 0; i < n; i += 1) this.starts[square(i) + 1] += 1;
    for (let s = 0; s < SQUARES * SQUARES; s += 1) this.starts[s + 1] += this.starts[s];
    const next = this.starts.slice();
    this.points = new Uint32Array(n);
    for (let i = 0; i < n; i += 1) this.points[next[square(i)]++] = i;
  }

  // The number of the nearest point within reach that is accepted; -1 if there is none.
  nearest(x, y, reach, accepted) {
    const at = (value) => Math.min(SQUARES - 1, Math.max(0, Math.floor(value) >> SHIFT));
    let [found, least] = [-1, reach * reach];
    for (let row = at(y - reach); row <= at(y + reach); row += 1) {
      const [from, to] = [at(x - reach), at(x + reach)].map((column) => row * SQUARES + column);
      for (let k = this.starts[from]; k < this.starts[to + 1]; k += 1) {
        const i = this.points[k];
        const distance = (this.places[2 * i] - x) ** 2 + (this.places[2 * i + 1] - y) ** 2;
        if (distance <= least && accepted(i)) [found, least] = [i, distance];
      }
    }
    return found;
  }
}
