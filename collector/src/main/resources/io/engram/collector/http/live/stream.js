// The collector's event stream. The browser reconnects by itself; while it cannot, we say so.

/**
 * @param onFrame called with each frame, {full, runs, removed, alerts}
 * @param onState called with "live" or "lost" when it changes
 */
export function listen(onFrame, onState) {
  let state = "connecting";
  let source;

  const to = (next) => {
    if (next !== state) {
      state = next;
      onState(next);
    }
  };

  const open = () => {
    source = new EventSource("api/v1/stream");
    source.onopen = () => to("live");
    source.onmessage = (message) => onFrame(JSON.parse(message.data));
    source.onerror = () => {
      to("lost");
      // The browser gives up for good when the answer was an error, as from a proxy.
      if (source.readyState === EventSource.CLOSED) setTimeout(open, 3000);
    };
  };

  open();
}
