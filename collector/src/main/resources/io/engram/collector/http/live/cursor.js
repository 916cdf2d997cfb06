// Lets the arrow keys move along a chart, and says what is there.

import { announce } from "./dom.js";

const JUMP = 0.1;

/** Makes a canvas one that the keyboard reaches. @param chart gives its chart, or undefined */
export function withCursor(canvas, chart) {
  let at = null;
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-roledescription", "chart");

  const point = (active) => {
    const { chartArea } = chart();
    const x = active.length > 0 ? chart().getDatasetMeta(active[0].datasetIndex).data[active[0].index].x : 0;
    chart().setActiveElements(active);
    chart().tooltip.setActiveElements(active, { x, y: (chartArea.top + chartArea.bottom) / 2 });
    chart().update("none");
  };

  const leave = () => {
    if (at === null || !chart()) return;
    at = null;
    point([]);
  };

  canvas.addEventListener("blur", leave);
  canvas.addEventListener("keydown", (event) => {
    if (event.key === "Escape") leave();
    if (!chart() || event.altKey || event.ctrlKey || event.metaKey) return;
    const sets = chart().data.datasets.map((dataset, index) => ({ index, ...dataset })).filter(({ pale, data }) => !pale && data.length > 0);
    const longest = [...sets].sort((a, b) => b.data.length - a.data.length)[0];
    if (!longest) return;
    const last = longest.data.length - 1;
    const jump = Math.max(1, Math.round(JUMP * last));
    const from = at ?? last + (event.key === "ArrowRight" ? 0 : 1);
    const to = { ArrowLeft: from - 1, ArrowRight: from + 1, PageUp: from - jump, PageDown: from + jump, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    at = Math.max(0, Math.min(last, to));
    const x = chart().getDatasetMeta(longest.index).data[at].x;
    point(window.Chart.Interaction.modes.nearestOfEach(chart(), { x }).map(({ datasetIndex, index }) => ({ datasetIndex, index })));
    const { title, body } = chart().tooltip;
    announce(`${title.join(" ")}: ${body.flatMap(({ lines }) => lines).map((line) => line.trim()).join("; ")}`);
  });
}
