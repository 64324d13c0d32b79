// One sprite for the whole page of thumbnails: each button shows its part of it.
export default function ({ data, parentElement, setTriggerValue }) {
  const strip = parentElement.querySelector(".strip");
  const root = parentElement.querySelector(".gallery");
  const { sprite, columns, rows, items, selected } = data;
  const across = (n, of) => (of > 1 ? (100 * n) / (of - 1) : 0);
  const focused = [...root.children].indexOf(root.getRootNode().activeElement);

  const cut = (element, place) => {
    element.style.backgroundImage = `url(${sprite})`;
    element.style.backgroundSize = `${columns * 100}% ${rows * 100}%`;
    element.style.backgroundPosition =
      `${across(place % columns, columns)}% ${across(Math.floor(place / columns), rows)}%`;
  };

  const buttons = items.map(({ index, title, outcome }, place) => {
    const button = document.createElement("button");
    button.type = "button";
    button.title = title;
    button.dataset.index = index;
    button.dataset.outcome = outcome;
    button.tabIndex = -1;
    button.setAttribute("aria-label", title);
    button.setAttribute("aria-pressed", false);
    cut(button, place);
    button.onclick = () => {
      // Shown at once; the server's answer follows.
      press(place);
      setTriggerValue("picked", index);
    };
    return button;
  });

  // The whole gallery is one stop of the Tab key; arrows go from picture to picture.
  const stopAt = (place) => {
    root.querySelectorAll("[tabindex='0']").forEach((button) => { button.tabIndex = -1; });
    buttons[place].tabIndex = 0;
  };
  const press = (place) => {
    root.querySelectorAll("[aria-pressed=true]").forEach((b) => b.setAttribute("aria-pressed", false));
    buttons[place].setAttribute("aria-pressed", true);
    stopAt(place);
    strip.hidden = !data.strip;
    cut(strip.querySelector("i"), place);
    strip.querySelector("span").textContent = items[place].title;
  };
  root.onkeydown = (event) => {
    const place = buttons.indexOf(event.target);
    const wide = getComputedStyle(root).gridTemplateColumns.split(" ").length;
    const next = {
      ArrowRight: place + 1,
      ArrowLeft: place - 1,
      ArrowDown: place + wide,
      ArrowUp: place - wide,
      Home: 0,
      End: buttons.length - 1,
    }[event.key];
    if (place < 0 || next === undefined) return;
    event.preventDefault();
    if (!buttons[next]) return;
    stopAt(next);
    buttons[next].focus();
  };

  root.replaceChildren(...buttons);
  strip.hidden = true;
  const place = items.findIndex(({ index }) => index === selected);
  if (place >= 0) press(place);
  else if (buttons.length) stopAt(0);
  if (focused >= 0) buttons[Math.min(focused, buttons.length - 1)]?.focus({ preventScroll: true });
  // On a phone the answer stands above the gallery: the strip says it in short, and leads there.
  strip.onclick = () => document.querySelector("h1")?.scrollIntoView({ behavior: "smooth" });
}
