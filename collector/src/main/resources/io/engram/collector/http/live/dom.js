// Elements. Words from outside enter the page here only, as text.

export function make(tag, className, ...children) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

export function text(tag, className, words) {
  const element = make(tag, className);
  element.textContent = words;
  return element;
}

/** Sets the words of an element, if they are others than it has. */
export function say(element, words) {
  if (element.textContent !== words) element.textContent = words;
}

/** A panel with its title and one sentence on how to read it. */
export function frame(id, title, how, ...content) {
  const root = make("figure", "figure", make("div", "figure-head", text("h3", "", title)), text("figcaption", "", how), ...content);
  root.id = `panel-${id}`;
  return root;
}
