// One sprite for the whole page of thumbnails: each button shows its part of it.
export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".gallery");
  const { sprite, columns, rows, items, selected } = data;
  const across = (n, of) => (of > 1 ? (100 * n) / (of - 1) : 0);

  root.replaceChildren(
    ...items.map(({ index, title, outcome }, place) => {
      const button = document.createElement("button");
      button.type = "button";
      button.title = title;
      button.dataset.index = index;
      button.dataset.outcome = outcome;
      button.setAttribute("aria-label", title);
      button.setAttribute("aria-pressed", index === selected);
      button.style.backgroundImage = `url(${sprite})`;
      button.style.backgroundSize = `${columns * 100}% ${rows * 100}%`;
      button.style.backgroundPosition =
        `${across(place % columns, columns)}% ${across(Math.floor(place / columns), rows)}%`;
      button.onclick = () => {
        // Shown at once; the server's answer follows.
        root.querySelectorAll("[aria-pressed=true]").forEach((b) => b.setAttribute("aria-pressed", false));
        button.setAttribute("aria-pressed", true);
        setTriggerValue("picked", index);
      };
      return button;
    }),
  );
}
