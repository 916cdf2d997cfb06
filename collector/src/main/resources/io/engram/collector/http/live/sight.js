// What is on the screen, or about to be.

const watched = new Map();
const observer = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) watched.get(target)(isIntersecting);
  },
  { rootMargin: "150px" },
);

/** Calls the listener when an element comes into sight, and when it leaves. */
export function inSight(element, listener) {
  watched.set(element, listener);
  observer.observe(element);
}
