// Points drawn by WebGL2: their places are sent to the graphics card once, and one call draws all.
const VERTEX = (classes) => `#version 300 es
in vec2 start;           // where a point lies on the map of before, 0 to 65535
in vec2 end;             // and on this one
in float label;
in float wrong;
uniform float part;      // of the way between them
uniform vec2 scale;
uniform vec2 shift;
uniform float size;      // in pixels of the screen
uniform bool marking;
uniform vec4 colours[${classes}];
out vec4 colour;
flat out float ringed;

void main() {
  colour = colours[int(label)];
  ringed = marking ? wrong : 0.0;
  if (marking && wrong == 0.0) colour.a *= 0.3;
  // What is ringed lies above the others; of a class that is hidden, nothing is drawn.
  float depth = colour.a == 0.0 ? 2.0 : ringed > 0.0 ? -0.5 : 0.0;
  gl_Position = vec4(mix(start, end, part) * scale + shift, depth, 1.0);
  gl_PointSize = ringed > 0.0 ? size + 3.0 : size;
}`;

const FRAGMENT = `#version 300 es
precision mediump float;
in vec4 colour;
flat in float ringed;
uniform vec3 ink;
out vec4 pixel;

void main() {
  float away = 2.0 * length(gl_PointCoord - 0.5);
  if (away > 1.0) discard;
  pixel = ringed > 0.0 && away > 0.62 ? vec4(ink, 1.0) : vec4(colour.rgb * colour.a, colour.a);
}`;

class Points {
  // labels: a byte for each point; throws an Error where there is no WebGL2.
  constructor(canvas, labels, classes) {
    const gl = canvas.getContext("webgl2", { antialias: false, alpha: true });
    if (!gl) throw new Error("no WebGL2");
    this.gl = gl;
    this.n = labels.length;
    this.buffers = {};
    const program = gl.createProgram();
    for (const [kind, source] of [[gl.VERTEX_SHADER, VERTEX(classes)], [gl.FRAGMENT_SHADER, FRAGMENT]]) {
      const shader = gl.createShader(kind);
      gl.shaderSource(shader, source);
      gl.compileShader(shader);
      gl.attachShader(program, shader);
    }
    gl.linkProgram(program);
    if (!gl.getProgramParameter(program, gl.LINK_STATUS)) throw new Error(gl.getProgramInfoLog(program));
    gl.useProgram(program);
    this.program = program;
    this.bytes("label", labels);
    gl.enable(gl.DEPTH_TEST);
    gl.depthFunc(gl.LEQUAL);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  }

  uniform(name) {
    return this.gl.getUniformLocation(this.program, name);
  }

  attribute(name, buffer, size, kind) {
    const { gl } = this;
    const place = gl.getAttribLocation(this.program, name);
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    gl.enableVertexAttribArray(place);
    gl.vertexAttribPointer(place, size, kind, false, 0, 0);
  }

  buffer(array) {
    const { gl } = this;
    const made = gl.createBuffer();
    gl.bindBuffer(gl.ARRAY_BUFFER, made);
    gl.bufferData(gl.ARRAY_BUFFER, array, gl.STATIC_DRAW);
    return made;
  }

  // A byte for each point: "label", or "wrong", which is 1 where a ring is drawn.
  bytes(name, array) {
    this.gl.deleteBuffer(this.buffers[name] ?? null);
    this.buffers[name] = this.buffer(array);
    this.attribute(name, this.buffers[name], 1, this.gl.UNSIGNED_BYTE);
  }

  // The places of the points on a map, uint16 x and y of each.
  places(map, array) {
    this.buffers[map] ??= this.buffer(array);
  }

  between(before, map) {
    this.attribute("start", this.buffers[before], 2, this.gl.UNSIGNED_SHORT);
    this.attribute("end", this.buffers[map], 2, this.gl.UNSIGNED_SHORT);
  }

  // scale and shift lead from the map to the screen, -1 to 1; colours are r, g, b, alpha, 0 to 1;
  // share is how much of the points is drawn, those of the test images before all others.
  draw({ part, scale, shift, size, marking, colours, ink, share }) {
    const { gl } = this;
    gl.viewport(0, 0, gl.canvas.width, gl.canvas.height);
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
    gl.uniform1f(this.uniform("part"), part);
    gl.uniform2fv(this.uniform("scale"), scale);
    gl.uniform2fv(this.uniform("shift"), shift);
    gl.uniform1f(this.uniform("size"), size);
    gl.uniform1i(this.uniform("marking"), marking);
    gl.uniform4fv(this.uniform("colours"), colours.flat());
    gl.uniform3fv(this.uniform("ink"), ink);
    const drawn = Math.round(this.n * share);
    gl.drawArrays(gl.POINTS, this.n - drawn, drawn);
  }
}
