// One place of a feature map: the numbers around it that come in, and the sum that comes out.
const MOST = 3; // channels that are written out; the others are one number

const decoded = (text) =>
  new Float32Array(Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer);
const written = (value, digits = 3) => value.toFixed(digits).replace("-", "−");
// As many digits as tell the numbers of a table apart.
const digitsFor = (values, most) =>
  values.every(Number.isInteger) ? 0 : Math.min(5, Math.max(0, 2 - Math.floor(Math.log10(most))));
const element = (name, className, text = "") => {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
};

export default function ({ data, parentElement }) {
  const [inCanvas, outCanvas] = parentElement.querySelectorAll("canvas");
  const [inWords, outWords] = parentElement.querySelectorAll("figcaption");
  outCanvas.tabIndex = 0;
  [inCanvas, outCanvas].forEach((canvas) => canvas.setAttribute("role", "img"));
  const sum = parentElement.querySelector(".sum");
  const { kind, source, out, stride, window: size, bias, relu, names } = data;
  const input = decoded(source.values);
  const output = decoded(out.values);
  const kernel = data.kernel ? decoded(data.kernel) : null;
  const pads = [0, 1].map((axis) =>
    Math.max(0, (out.shape[axis] - 1) * stride + size[axis] - source.shape[axis]) >> 1);
  const [height, width, channels] = source.shape;

  // Gray, from the least to the greatest value of a map, and where zero is black if it can be.
  const draw = (canvas, at, [rows, columns], box) => {
    canvas.width = columns;
    canvas.height = rows;
    const values = Array.from({ length: rows * columns }, (_, place) => at(place));
    const low = Math.min(0, ...values);
    const range = Math.max(...values) - low || 1;
    const context = canvas.getContext("2d");
    const picture = context.createImageData(columns, rows);
    values.forEach((value, place) => {
      picture.data.fill((255 * (value - low)) / range, 4 * place, 4 * place + 3);
      picture.data[4 * place + 3] = 255;
    });
    context.putImageData(picture, 0, 0);
    const frame = canvas.nextElementSibling;
    frame.style.cssText = [
      `left: ${(100 * box[1]) / columns}%`, `top: ${(100 * box[0]) / rows}%`,
      `width: ${(100 * box[3]) / columns}%`, `height: ${(100 * box[2]) / rows}%`,
    ].join(";");
  };

  const table = (values, columns) => {
    const most = Math.max(...values.map((value) => Math.abs(value ?? 0))) || 1;
    const digits = digitsFor(values.filter((value) => value !== null), most);
    const grid = element("div", "grid");
    grid.style.gridTemplateColumns = `repeat(${columns}, auto)`;
    values.forEach((value) => {
      const cell = element("span", value < 0 ? "below" : "", value === null ? "" : written(value, digits));
      cell.style.setProperty("--share", Math.abs(value ?? 0) / most);
      grid.append(cell);
    });
    return grid;
  };

  // What stands in the window around a place of the output, channel by channel; null is outside.
  const around = (row, column, channel) => {
    const values = [];
    for (let r = 0; r < size[0]; r += 1) {
      for (let c = 0; c < size[1]; c += 1) {
        const [y, x] = [row * stride - pads[0] + r, column * stride - pads[1] + c];
        const inside = y >= 0 && y < height && x >= 0 && x < width;
        values.push(inside ? input[(y * width + x) * channels + channel] : null);
      }
    }
    return values;
  };
  const weights = (channel) =>
    Array.from({ length: size[0] * size[1] }, (_, place) => kernel[place * channels + channel]);

  const rows = {
    convolution(row, column) {
      const parts = Array.from({ length: channels }, (_, channel) => {
        const [values, by] = [around(row, column, channel), weights(channel)];
        return { channel, values, by, total: values.reduce((all, value, n) => all + (value ?? 0) * by[n], 0) };
      }).sort((one, other) => Math.abs(other.total) - Math.abs(one.total));
      const total = parts.reduce((all, part) => all + part.total, 0);
      const lines = parts.slice(0, MOST).map(({ channel, values, by, total: part }) => {
        const line = element("div", "line");
        line.append(
          element("b", "", names[channel]), table(values, size[1]), element("i", "", "×"),
          table(by, size[1]), element("i", "", `= ${written(part)}`),
        );
        return line;
      });
      const rest = parts.slice(MOST).reduce((all, part) => all + part.total, 0);
      if (parts.length > MOST) lines.push(element("div", "line", `and ${parts.length - MOST} other channels: ${written(rest)}`));
      const plain = total + bias;
      const after = relu ? `, after ReLU ${written(Math.max(0, plain))}` : "";
      lines.push(element("p", "result", `${written(total)} + bias ${written(bias)} = ${written(plain)}${after}`));
      return [lines, parts[0].channel];
    },
    "max pooling"(row, column) {
      const values = around(row, column, 0);
      const found = values.filter((value) => value !== null);
      return [[table(values, size[1]), element("p", "result", `The greatest of them: ${written(Math.max(...found))}`)], 0];
    },
    "average pooling"(row, column) {
      const found = around(row, column, 0).filter((value) => value !== null);
      const mean = found.reduce((all, value) => all + value, 0) / found.length;
      return [[table(around(row, column, 0), size[1]), element("p", "result", `Their mean: ${written(mean)}`)], 0];
    },
    add(row, column) {
      const values = Array.from({ length: channels }, (_, channel) => input[(row * width + column) * channels + channel]);
      const plain = values.reduce((all, value) => all + value, 0);
      const after = relu ? `, after ReLU ${written(Math.max(0, plain))}` : "";
      const said = values.map((value, channel) => `${written(value)} (${names[channel]})`).join(" + ");
      return [[element("p", "result", `${said} = ${written(plain)}${after}`)], 0];
    },
  };

  let [row, column] = data.start;
  const show = () => {
    const [lines, channel] = rows[kind](row, column);
    sum.replaceChildren(...lines);
    draw(inCanvas, (place) => input[place * channels + channel], [height, width],
      [row * stride - pads[0], column * stride - pads[1], ...size]);
    draw(outCanvas, (place) => output[place], out.shape, [row, column, 1, 1]);
    inWords.textContent = `In: ${names[channel]}`;
    outWords.textContent = `Out: row ${row}, column ${column}: ${written(output[row * out.shape[1] + column])}`;
    inCanvas.setAttribute("aria-label", inWords.textContent);
    outCanvas.setAttribute("aria-label", outWords.textContent);
  };
  const go = (r, c) => {
    [row, column] = [Math.min(out.shape[0] - 1, Math.max(0, r)), Math.min(out.shape[1] - 1, Math.max(0, c))];
    show();
  };
  outCanvas.onpointermove = outCanvas.onpointerdown = (event) => {
    const box = outCanvas.getBoundingClientRect();
    go(
      Math.floor(((event.clientY - box.top) / box.height) * out.shape[0]),
      Math.floor(((event.clientX - box.left) / box.width) * out.shape[1]),
    );
  };
  outCanvas.onkeydown = (event) => {
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (!step) return;
    event.preventDefault();
    go(row + step[0], column + step[1]);
  };
  show();
}
