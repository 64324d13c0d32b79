// The outlines lie over the photo as one SVG; the chips below are the widget that keys drive.
export default function ({ data, parentElement, setTriggerValue }) {
  const image = parentElement.querySelector("img");
  const svg = parentElement.querySelector("svg");
  const group = parentElement.querySelector("[role=radiogroup]");
  const { picture, width, height, garments, chosen } = data;
  const focused = [...group.children].indexOf(group.getRootNode().activeElement);

  image.src = picture;
  image.alt = `Your photo, with ${garments.length} garments outlined`;
  parentElement.querySelector("figure").style.setProperty("--proportion", width / height);
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
    });
    svg.append(outlines[place]); // over the others
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
  show(chosen);
  if (focused >= 0) chips[Math.min(focused, chips.length - 1)].focus({ preventScroll: true });

  // Names stand where their garments are, on top of all lines.
  const labels = garments.map(({ name }, place) => {
    const box = outlines[place].getBBox();
    const label = drawn("text", {
      x: box.x + box.width / 2,
      y: box.y + box.height / 2,
      style: `font-size: ${Math.max(width, height) / 26}px`,
    });
    label.textContent = name;
    return label;
  });
  svg.append(...labels);
}
