// Pictures of examples, asked for once each; a tile with the label where there is none to be had.

const REMEMBERED = 512;
const PAUSE_MILLIS = 10_000;

export class Pixels {
  #known = new Map();
  #first = new Map();

  /** Draws an example of a run into a canvas, as soon as its pixels are there. */
  async draw(canvas, view, base, id, label) {
    const { height, width, channels } = view.header?.dataset ?? { height: 0 };
    const pixels = height > 0 ? await this.#ask(base, `${base}/examples/${id}/pixels`) : null;
    if (pixels?.length !== height * width * channels) {
      tile(canvas, label);
      return;
    }
    canvas.width = width;
    canvas.height = height;
    const image = new ImageData(width, height);
    for (let i = 0; i < height * width; i++) {
      for (let c = 0; c < 3; c++) image.data[4 * i + c] = pixels[channels * i + (channels === 3 ? c : 0)];
      image.data[4 * i + 3] = 255;
    }
    canvas.getContext("2d").putImageData(image, 0, 0);
  }

  // One example of a run goes first: where it has no picture, the others are not asked for either.
  async #ask(base, url) {
    const known = this.#known.get(url);
    if (known) return known;
    const first = this.#first.get(base);
    if (first && !(performance.now() - first.failedAt > PAUSE_MILLIS)) return (await first.there) ? this.#fetch(url) : null;
    const lead = { there: this.#fetch(url), failedAt: Infinity };
    this.#first.set(base, lead);
    const pixels = await lead.there;
    if (!pixels) lead.failedAt = performance.now();
    return pixels;
  }

  async #fetch(url) {
    try {
      const response = await fetch(url);
      if (!response.ok) return null;
      const pixels = new Uint8Array(await response.arrayBuffer());
      if (this.#known.size >= REMEMBERED) this.#known.delete(this.#known.keys().next().value);
      this.#known.set(url, pixels);
      return pixels;
    } catch {
      return null;
    }
  }
}

function tile(canvas, label) {
  canvas.width = canvas.height = 28;
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#8884";
  pen.fillRect(0, 0, 28, 28);
  pen.fillStyle = getComputedStyle(canvas).color;
  pen.font = "14px sans-serif";
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText(label, 14, 15);
}
