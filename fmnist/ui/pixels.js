// An image enlarged without blur; the pixel under the pointer or finger says its value.
export default function ({ data, parentElement }) {
  const image = parentElement.querySelector("img");
  const words = parentElement.querySelector("p");
  const scale = parentElement.querySelector(".scale");
  image.src = data.picture;
  image.alt = data.caption;
  words.textContent = data.caption;
  scale.hidden = !data.scale.length;
  scale.replaceChildren(...data.scale.map((end) => {
    const label = document.createElement("span");
    label.textContent = end;
    return label;
  }));

  image.onpointermove = image.onpointerdown = (event) => {
    const box = image.getBoundingClientRect();
    const at = (offset, size, count) => Math.min(count - 1, Math.max(0, Math.floor((offset / size) * count)));
    const row = at(event.clientY - box.top, box.height, data.values.length);
    const column = at(event.clientX - box.left, box.width, data.values[0].length);
    words.textContent = image.title = `Row ${row}, column ${column}: ${data.values[row][column]}`;
  };
  image.onpointerleave = () => { words.textContent = data.caption; };
}
