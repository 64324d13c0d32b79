// Pointer, fingers, wheel, keys and buttons of a map: pan, zoom, point at, pick, surround.
const TAP = 4; // pixels that a click may slip

const gestures = (map) => {
  const { over, plane, view } = map;
  const fingers = new Map(); // where each of them, or the mouse's button, is down
  let travelled = 0; // pixels since the first was put down
  const at = (event) => {
    const box = over.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };

  over.onpointerdown = (event) => {
    if (!map.grid || event.button) return;
    over.setPointerCapture(event.pointerId);
    over.focus({ preventScroll: true });
    fingers.set(event.pointerId, at(event));
    travelled = fingers.size > 1 ? Infinity : 0;
    const outlines = event.shiftKey || plane.classList.contains("drawing");
    map.line = outlines && fingers.size === 1 ? [view.on_map(at(event))] : null;
  };
  over.onpointermove = (event) => {
    if (!map.grid || map.part < 1) return;
    const [place, last] = [at(event), fingers.get(event.pointerId)];
    if (!last) {
      if (event.pointerType !== "touch") map.point_at(map.nearest(place));
      return;
    }
    const [left, top] = [place[0] - last[0], place[1] - last[1]];
    travelled += Math.hypot(left, top);
    if (map.line) {
      map.line.push(view.on_map(place));
      map.request(false);
    } else if (fingers.size === 2) {
      const [other] = [...fingers].filter(([id]) => id !== event.pointerId).map(([, spot]) => spot);
      const apart = (spot) => Math.hypot(spot[0] - other[0], spot[1] - other[1]) || 1;
      view.pan(left / 2, top / 2);
      view.scale(apart(place) / apart(last), [(place[0] + other[0]) / 2, (place[1] + other[1]) / 2]);
    } else if (travelled > TAP) {
      map.point_at(-1);
      view.pan(left, top);
    }
    fingers.set(event.pointerId, place);
  };
  over.onpointerup = over.onpointercancel = (event) => {
    if (!fingers.delete(event.pointerId) || event.type === "pointercancel") {
      map.line = null;
      return;
    }
    const line = map.line;
    map.line = null;
    if (line && travelled > 20) {
      map.surround(line);
    } else if (travelled <= TAP && map.grid) {
      map.point_at(map.nearest(at(event)));
      if (map.found >= 0) map.pick(map.found);
    }
  };
  over.onpointerleave = (event) => {
    if (event.pointerType !== "touch" && !fingers.size) map.point_at(-1);
  };
  over.onwheel = (event) => {
    event.preventDefault();
    const pixels = event.deltaY * (event.deltaMode === 1 ? 16 : 1);
    view.scale(2 ** (-clamp(pixels, -300, 300) / (event.ctrlKey ? 100 : 250)), at(event));
  };
  over.onkeydown = (event) => {
    const step = 60;
    const acts = {
      ArrowLeft: () => view.pan(step, 0),
      ArrowRight: () => view.pan(-step, 0),
      ArrowUp: () => view.pan(0, step),
      ArrowDown: () => view.pan(0, -step),
      "+": () => view.scale(1.4),
      "=": () => view.scale(1.4),
      "-": () => view.scale(1 / 1.4),
      0: () => view.fit(),
      Home: () => view.fit(),
      Escape: () => map.forget(),
      Enter: () => map.found >= 0 && map.pick(map.found),
    };
    if (!map.grid || !acts[event.key] || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    acts[event.key]();
    // By keyboard, the point in the middle is the one that is pointed at.
    const keeps = ["Escape", "Enter"].includes(event.key);
    if (!keeps) map.point_at(map.nearest(view.middle));
  };
  const acts = {
    lasso: () => map.drawing(!plane.classList.contains("drawing")),
    view: () => map.surround(view.corners),
    closer: () => view.scale(1.6),
    farther: () => view.scale(1 / 1.6),
    fit: () => view.fit(),
  };
  map.root.querySelectorAll("[data-do]").forEach((button) => {
    button.onclick = () => map.grid && acts[button.dataset.do]();
  });
};
