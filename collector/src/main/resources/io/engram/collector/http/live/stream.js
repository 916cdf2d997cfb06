// The collector's event stream, opened as early as can be: the page's other files come meanwhile.
// The browser reconnects by itself; while it cannot, we say so.

let state = "connecting";
let tell = () => {};
let take = (frame) => early.push(frame);
const early = [];

open();

/**
 * @param onFrame called with each frame, {full, runs, removed, alerts}
 * @param onState called with "live" or "lost" when it changes
 */
export function listen(onFrame, onState) {
  take = onFrame;
  tell = onState;
  if (state !== "connecting") onState(state);
  for (const frame of early.splice(0)) onFrame(frame);
}

function open() {
  const source = new EventSource("api/v1/stream");
  source.onopen = () => to("live");
  source.onmessage = (message) => take(JSON.parse(message.data));
  source.onerror = () => {
    to("lost");
    // The browser gives up for good when the answer was an error, as from a proxy.
    if (source.readyState === EventSource.CLOSED) setTimeout(open, 3000);
  };
}

function to(next) {
  if (next === state) return;
  state = next;
  tell(next);
}
