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

/** Has a screen reader say the words. */
export function announce(words) {
  say(document.getElementById("said"), words);
}

/** Buttons of which one is pressed. @param pick called with the name of the one that was clicked */
export function choiceOf(label, names, pick) {
  const root = make("div", "switch");
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", label);
  const buttons = names.map((name) => {
    const button = text("button", "", name);
    button.type = "button";
    button.addEventListener("click", () => pick(name));
    return button;
  });
  root.append(...buttons);
  const show = (chosen) => {
    for (const button of buttons) button.setAttribute("aria-pressed", button.textContent === chosen);
  };
  return { root, show };
}
