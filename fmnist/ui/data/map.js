// A map of all images, made of the parts that stand above: View, Points, Grid and gestures.
const REACH = 14; // pixels around the pointer in which a point is found
const CORNERS = 200; // at most, of a line around points
const maps = new WeakMap();
const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
const made = (name, className, text = "") => {
  const element = document.createElement(name);
  element.className = className;
  element.textContent = text;
  return element;
};

class ImageMap {
  constructor(root) {
    this.root = root;
    for (const name of ["plane", "points", "over", "names", "tip", "words", "legend"]) {
      this[name] = root.querySelector(`.${name}`);
    }
    this.thumbnail = this.tip.querySelector("i");
    this.told = this.tip.querySelector("p");
    this.files = {};
    this.grids = {};
    this.only = new Set(); // the classes that are shown; all if there are none
    this.view = new View(() => this.moved());
    this.found = -1;
    this.part = 1; // of the way from the map of before to this one
    this.share = 1; // of the points, as many as are drawn in time while the map moves
    gestures(this);
    this.points.addEventListener("webglcontextlost", (event) => event.preventDefault());
    this.points.addEventListener("webglcontextrestored", () => {
      this.gpu = null;
      this.update(this.component);
    });
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(this.plane);
  }

  // What the server says: at the start, and whenever something of it has changed.
  async update(component) {
    const { data, setStateValue, setTriggerValue } = component;
    const before = this.data;
    [this.component, this.data] = [component, data];
    if (before && (before.map !== data.map || before.folder !== data.folder)) {
      this.point_at(-1);
      this.grid = null; // until the places on the other map are there
      this.view.reset();
    }
    this.send = (corners) => setStateValue("outline", corners && { map: data.map, corners, only: [...this.only] });
    this.pick = (image) => {
      this.data.picked = image; // shown at once; the server's answer follows
      setTriggerValue("picked", image);
      this.request(false);
    };
    this.over.setAttribute("aria-label", data.summary);
    if (before?.folder !== data.folder) {
      // Where a person was before they opened an image and came back.
      Object.assign(this.view, JSON.parse(sessionStorage.getItem(this.memory()) ?? "{}"));
      [this.gpu, this.grids] = [null, {}];
      this.only = new Set(data.outline?.only);
      this.show_legend();
    }
    this.outline = data.outline;
    this.show_names();
    try {
      await this.fill();
    } catch (error) {
      this.words.textContent = error.message === "no WebGL2"
        ? "This browser cannot draw the map: it has no WebGL2. The words beside it say what is to be seen."
        : "The map could not be fetched. Is the app still running? Load the page again to retry.";
      return;
    }
    if (data !== this.data) return; // it has changed meanwhile
    this.words.textContent = "";
    this.theme();
    this.plane.dataset.ready = data.map;
    this.request();
  }

  async fill() {
    const { data } = this;
    const [labels, places] = await Promise.all([this.fetched("labels"), this.fetched(data.map)]);
    if (data !== this.data) return;
    if (!this.gpu) {
      this.gpu = new Points(this.points, labels, data.classes.length);
      [this.labels, this.answers, this.shown] = [labels, null, data.map];
    }
    const map = new Uint16Array(places.buffer);
    this.gpu.places(data.map, map);
    this.grid = this.grids[data.map] ??= new Grid(map);
    if (this.answers !== data.predicted) {
      this.answers = data.predicted;
      this.predicted = Uint8Array.from(atob(data.predicted), (c) => c.charCodeAt(0));
      this.gpu.bytes("wrong", labels.map((label, i) => Number(this.called(i) !== label)));
    }
    [this.before, this.shown] = [this.shown, data.map];
    this.gpu.between(this.before, this.shown);
    this.part = this.before === this.shown || still() ? 1 : 0;
    this.started = performance.now();
  }

  async fetched(name) {
    const path = `${this.data.folder}/${name}.bin`;
    this.files[path] ??= fetch(path).then((answer) => {
      if (!answer.ok) throw new Error(answer.status);
      return answer.arrayBuffer();
    }).then((bytes) => new Uint8Array(bytes));
    this.files[path].catch(() => delete this.files[path]);
    return this.files[path];
  }

  // What the model calls a test image; it is not asked about the others.
  called(i) {
    const { training } = this.data;
    return this.predicted.length && i >= training ? this.predicted[i - training] : this.labels[i];
  }

  visible(i) {
    return !this.only.size || this.only.has(this.labels[i]);
  }

  place(i) {
    const { places } = this.grids[this.data.map];
    return [places[2 * i], places[2 * i + 1]];
  }

  moved() {
    const { x, y, zoom } = this.view;
    this.plane.dataset.zoom = zoom.toFixed(2);
    clearTimeout(this.writes);
    this.writes = setTimeout(() => sessionStorage.setItem(this.memory(), JSON.stringify({ x, y, zoom })), 200);
    if (this.found >= 0) this.point_at(this.found);
    this.request();
  }

  memory() {
    return `${this.data.map} ${this.data.folder}`;
  }

  // ---- drawing

  resize() {
    const box = this.plane.getBoundingClientRect();
    [this.view.width, this.view.height] = [box.width, box.height];
    this.sharp = Math.min(2, devicePixelRatio);
    for (const canvas of [this.points, this.over]) {
      canvas.width = Math.round(box.width * this.sharp);
      canvas.height = Math.round(box.height * this.sharp);
    }
    if (this.found >= 0) this.point_at(this.found);
    this.request();
  }

  theme() {
    const rgb = (element, property) =>
      getComputedStyle(element)[property].match(/[\d.]+/g).slice(0, 3).map(Number).map((v) => v / 255);
    this.colours = [...this.legend.querySelectorAll("i")].map((dot) => rgb(dot, "backgroundColor"));
    this.ink = rgb(this.plane, "color");
    this.pen = getComputedStyle(this.plane).color;
  }

  // Draw again, with the next frame: all of it, or what lies over the points alone.
  request(points = true) {
    this.stale ||= points;
    this.asked ||= requestAnimationFrame((now) => {
      this.asked = 0;
      if (this.colours && this.view.width) this.draw(now);
    });
  }

  // Without a graphics card not all points are drawn in a sixtieth of a second: while the map moves
  // there are fewer then, and all as soon as it rests.
  keep_pace(now) {
    const gap = now - (this.last ?? 0);
    this.last = now;
    if (gap < 250) this.share = clamp(this.share * (gap > 24 ? 0.7 : gap < 18 ? 1.1 : 1), 0.15, 1);
    clearTimeout(this.rest);
    if (this.share === 1) return;
    this.rest = setTimeout(() => {
      this.draw_points(1);
      this.last = null;
    }, 150);
  }

  draw(now) {
    if (this.part < 1) {
      const time = clamp((now - this.started) / 900, 0, 1);
      this.part = time * time * (3 - 2 * time);
      this.request();
    }
    if (this.stale) {
      this.stale = this.part < 1;
      this.keep_pace(now);
      this.draw_points(this.share);
    }
    this.draw_over();
    this.draw_names();
  }

  draw_points(share) {
    if (!this.gpu) return;
    const { x, y, zoom, unit, width, height } = this.view;
    const [across, down] = [(2 * unit) / width, (2 * unit) / height];
    this.gpu.draw({
      part: this.part,
      scale: [across, -down],
      shift: [-x * across, y * down],
      size: this.sharp * clamp((Math.min(width, height) / 330) * zoom ** 0.6, 1.5, 11),
      marking: this.data.marking,
      colours: this.colours.map((rgb, label) => [...rgb, !this.only.size || this.only.has(label) ? 0.85 : 0]),
      ink: this.ink,
      share,
    });
  }

  draw_names() {
    const between = (from, to) => from.map((value, axis) => value + (to[axis] - value) * this.part);
    const stand = [];
    for (const name of this.names.children) {
      let [left, top] = this.view.on_screen(between(name.places[this.before], name.places[this.data.map]));
      if (name.tagName === "B") {
        // Where two names would cover each other, one stands lower.
        name.wide ??= name.offsetWidth;
        const covered = (other) =>
          Math.abs(other.top - top) < 20 && Math.abs(other.left - left) < (other.wide + name.wide) / 2;
        while (stand.some(covered)) top += 4;
        stand.push({ left, top, wide: name.wide });
      } else {
        name.classList.toggle("flipped", left > this.view.width / 2);
      }
      name.style.transform = `translate(${left}px, ${top}px)`;
      name.style.visibility = this.view.shows([left, top]) ? "" : "hidden";
    }
  }

  draw_over() {
    const brush = this.over.getContext("2d");
    brush.setTransform(this.sharp, 0, 0, this.sharp, 0, 0);
    brush.clearRect(0, 0, this.view.width, this.view.height);
    brush.strokeStyle = brush.fillStyle = this.pen;
    const corners = this.line ?? (this.outline?.map === this.data.map ? this.outline.corners : null);
    if (corners?.length) {
      brush.beginPath();
      corners.forEach((corner) => brush.lineTo(...this.view.on_screen(corner)));
      brush.closePath();
      brush.lineWidth = 2;
      brush.setLineDash([6, 4]);
      brush.stroke();
      brush.globalAlpha = 0.07;
      brush.fill();
      brush.globalAlpha = 1;
      brush.setLineDash([]);
    }
    if (this.part < 1 || !this.grid) return;
    for (const [i, radius] of [[this.data.picked, 12], [this.found, 9]]) {
      if (i < 0) continue;
      brush.beginPath();
      brush.arc(...this.view.on_screen(this.place(i)), radius, 0, 7);
      brush.lineWidth = 3;
      brush.stroke();
    }
  }

  // ---- what stands on the map in words

  show_legend() {
    this.legend.replaceChildren(...this.data.classes.map((name, label) => {
      const button = made("button", "", name);
      button.type = "button";
      button.title = `Show ${name} alone, or with others`;
      button.setAttribute("aria-pressed", this.only.has(label));
      const dot = made("i", "");
      dot.style.background = `var(--class-${label})`;
      button.prepend(dot);
      button.onclick = () => {
        if (!this.only.delete(label)) this.only.add(label);
        button.setAttribute("aria-pressed", this.only.has(label));
        this.point_at(-1);
        if (this.outline) this.send(this.outline.corners);
        this.request();
      };
      return button;
    }));
  }

  show_names() {
    const { classes, centres, marks } = this.data;
    this.names.replaceChildren(
      ...classes.map((name, label) => {
        const element = made("b", "", name);
        element.places = Object.fromEntries(Object.entries(centres).map(([map, all]) => [map, all[label]]));
        return element;
      }),
      ...marks.map(({ name, picture, places }) => {
        const element = made("figure", "");
        const image = made("img", "");
        image.src = picture;
        image.alt = "";
        element.append(image, made("figcaption", "", name));
        element.places = places;
        return element;
      }),
    );
  }

  point_at(i) {
    const changed = this.found !== i;
    this.found = i;
    this.tip.hidden = i < 0;
    if (changed) this.request(false);
    if (i < 0) return;
    const { classes, folder, sheet, training } = this.data;
    const [left, top] = this.view.on_screen(this.place(i));
    this.tip.style.left = `${clamp(left, 90, this.view.width - 90)}px`;
    this.tip.style.top = `${top}px`;
    this.tip.classList.toggle("below", top < 190);
    if (changed) {
      const place = i % sheet;
      const rows = Math.ceil(Math.min(sheet, this.labels.length - (i - place)) / 10);
      const down = rows > 1 ? (100 * Math.floor(place / 10)) / (rows - 1) : 0;
      this.thumbnail.style.backgroundImage = `url("${folder}/${Math.floor(i / sheet)}.bmp")`;
      this.thumbnail.style.backgroundSize = `1000% ${rows * 100}%`;
      this.thumbnail.style.backgroundPosition = `${(100 * (place % 10)) / 9}% ${down}%`;
      const called = this.called(i);
      const name = made("b", "", classes[this.labels[i]]);
      const number = i < training ? `Training image ${i}` : `Test image ${i - training}`;
      const wrong = called === this.labels[i] ? [] : [made("em", "", `called ${classes[called]}`)];
      this.told.replaceChildren(name, ...wrong, made("span", "", number));
      this.tip.dataset.image = i;
    }
  }

  nearest(at) {
    const { view } = this;
    return this.grid.nearest(...view.on_map(at), REACH / view.unit, (i) => this.visible(i));
  }

  // Whether the next drag draws a line.
  drawing(on) {
    this.plane.classList.toggle("drawing", on);
    this.root.querySelector("[data-do=lasso]").setAttribute("aria-pressed", on);
  }

  surround(line) {
    const step = Math.ceil(line.length / CORNERS);
    const corners = line.filter((_, n) => n % step === 0).map((corner) => corner.map(Math.round));
    this.outline = { map: this.data.map, corners };
    this.drawing(false);
    this.send(corners);
    this.request();
  }

  forget() {
    this.point_at(-1);
    this.drawing(false);
    this.line = null;
    if (this.outline) this.send(null);
    this.outline = null;
    if (this.data.picked >= 0) this.pick(-1);
    this.request();
  }
}

export default function (component) {
  const { parentElement } = component;
  if (!maps.has(parentElement)) maps.set(parentElement, new ImageMap(parentElement));
  const map = maps.get(parentElement);
  map.update(component);
  return () => {
    map.observer.disconnect();
    maps.delete(parentElement);
  };
}
