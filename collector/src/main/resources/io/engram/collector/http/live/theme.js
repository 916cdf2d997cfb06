// The colours of the page as the style sheet has them now, and for pictures those on white paper.

const paper = document.createElement("i");
paper.className = "paper";
paper.hidden = true;
document.body.append(paper);

const onPage = { element: document.documentElement, known: new Map() };
const onPaper = { element: paper, known: new Map() };
let source = onPage;

export const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

const dark = matchMedia("(prefers-color-scheme: dark)");
dark.addEventListener("change", () => onPage.known.clear());

/** Calls the listener when the page turns dark or light, once the new colours are there. */
export function onTurn(listener) {
  dark.addEventListener("change", listener);
}

/** The value of a style variable, like "--ink". */
export function style(name) {
  const { element, known } = source;
  if (!known.has(name)) known.set(name, getComputedStyle(element).getPropertyValue(name).trim());
  return known.get(name);
}

/** What the function gives when it draws in the colours of white paper. */
export function onWhite(draw) {
  source = onPaper;
  try {
    return draw();
  } finally {
    source = onPage;
  }
}

/** A colour given as #rrggbb, so that much of it is seen: 0 to 1. */
export function see(hex, share) {
  return `${hex}${Math.round(255 * share).toString(16).padStart(2, "0")}`;
}
