// An image enlarged without blur; the pixel under the pointer or finger says its value.
export default function ({ data, parentElement }) {
  const image = parentElement.querySelector("img");
  const words = parentElement.querySelector("p");
  image.src = data.picture;
  image.alt = data.caption;
  words.textContent = data.caption;

  image.onpointermove = image.onpointerdown = (event) => {
    const box = image.getBoundingClientRect();
    const at = (offset, size, count) => Math.min(count - 1, Math.max(0, Math.floor((offset / size) * count)));
    const row = at(event.clientY - box.top, box.height, data.values.length);
    const column = at(event.clientX - box.left, box.width, data.values[0].length);
    words.textContent = image.title = `Row ${row}, column ${column}: ${data.values[row][column]}`;
  };
  image.onpointerleave = () => { words.textContent = data.caption; };
}
