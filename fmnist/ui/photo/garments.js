// The outlines lie over the photo as one SVG; the chips below are the widget that keys drive.
export default function ({ data, parentElement, setTriggerValue }) {
  const image = parentElement.querySelector("img");
  const svg = parentElement.querySelector("svg");
  const group = parentElement.querySelector("[role=radiogroup]");
  const figure = parentElement.querySelector("figure");
  const names = parentElement.querySelector(".names");
  const { picture, width, height, garments, chosen } = data;
  const focused = [...group.children].indexOf(group.getRootNode().activeElement);

  image.src = picture;
  image.alt = `Your photo, with ${garments.length} garments outlined`;
  figure.style.setProperty("--proportion", width / height);
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);

  const drawn = (tag, attributes) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
    return element;
  };
  const choose = (place) => {
    // Shown at once; the server's answer follows.
    show(place);
    setTriggerValue("chosen", place);
  };
  const outlines = garments.map(({ path, title }, place) => {
    const outline = drawn("g", {});
    // A line of the paper's colour under the accent's, so that it is seen on any cloth.
    outline.append(drawn("path", { d: path, class: "paper" }), drawn("path", { d: path }));
    const words = drawn("title", {});
    words.textContent = title;
    outline.append(words);
    outline.onclick = () => choose(place);
    return outline;
  });
  const chips = garments.map(({ name, title }, place) => {
    const chip = document.createElement("button");
    chip.type = "button";
    chip.setAttribute("role", "radio");
    chip.title = title;
    chip.textContent = name || "None of the ten";
    chip.onclick = () => choose(place);
    chip.onpointerenter = () => outlines[place].classList.add("pointed");
    chip.onpointerleave = () => outlines[place].classList.remove("pointed");
    return chip;
  });
  const show = (place) => {
    chips.forEach((chip, index) => {
      chip.setAttribute("aria-checked", index === place);
      chip.tabIndex = index === place ? 0 : -1;
      outlines[index].classList.toggle("chosen", index === place);
      names.children[index].classList.toggle("chosen", index === place);
    });
    svg.append(outlines[place]); // over the others
    spread(names);
  };
  group.onkeydown = (event) => {
    const place = chips.indexOf(event.target);
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (place < 0 || !step) return;
    event.preventDefault();
    const next = (place + step + chips.length) % chips.length;
    choose(next);
    chips[next].focus();
  };

  svg.replaceChildren(...outlines);
  group.replaceChildren(...chips);

  // Names stand where their garments are, on top of all lines.
  names.replaceChildren(
    ...garments.map(({ name }, place) => {
      const { x, y, width: across, height: down } = outlines[place].getBBox();
      const label = document.createElement("span");
      label.style.left = `${(100 * (x + across / 2)) / width}%`;
      label.style.top = `${(100 * (y + down / 2)) / height}%`;
      label.style.maxWidth = `max(5rem, ${(100 * across) / width}%)`;
      label.textContent = name;
      label.size = across * down;
      label.tall = down / height;
      return label;
    })
  );
  figure.resizing ??= new ResizeObserver(() => spread(names));
  figure.resizing.observe(figure);
  show(chosen);
  if (focused >= 0) chips[Math.min(focused, chips.length - 1)].focus({ preventScroll: true });
}

// The chosen garment's name comes first, then those of larger ones. One that has no room in its own
// garment, a little above or below, is left to its chip.
function spread(names) {
  const frame = names.getBoundingClientRect();
  const importance = (label) => (label.classList.contains("chosen") ? Infinity : label.size);
  const labels = [...names.children].filter((label) => label.textContent);
  const placed = [];
  for (const label of labels.sort((one, other) => importance(other) - importance(one))) {
    label.style.translate = "";
    const { left, right, top, bottom } = label.getBoundingClientRect();
    const across = Math.max(frame.left - left, Math.min(0, frame.right - right));
    const free = (down) =>
      top + down >= frame.top && bottom + down <= frame.bottom &&
      !placed.some((other) =>
        left + across < other.right && other.left < right + across &&
        top + down < other.bottom && other.top < bottom + down);
    const down = [0, 0.3, -0.3].map((part) => part * label.tall * frame.height).find(free);
    label.style.visibility = down === undefined ? "hidden" : "";
    if (down === undefined) continue;
    label.style.translate = `${across}px ${down}px`;
    placed.push(label.getBoundingClientRect());
  }
}
