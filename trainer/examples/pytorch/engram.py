"""Streams the events of a training run to an Engram collector. Python 3.8 or newer, nothing else.

    with engram.Run("my-run", dataset=dict(name="mine", trainingExamples=1000, classes=10),
                    training=dict(batchSize=50, epochs=20, stepsPerEpoch=20)) as run:
        run.describe("training", ids, given_labels)
        ...
        run.emit("StepCompleted", epoch, step, examples=50, correct=31, lossSum=62.5,
                 learningRate=0.1, durationSeconds=0.004)

Kinds of event and their fields: http://127.0.0.1:9464/api/v1/schema/events.json. Where a field
takes numbers, lists, NumPy arrays and PyTorch tensors do alike; do not change one that was handed
over. Training never waits: events go through a bounded queue to a thread that sends them, batched
and compressed, and again until the collector has answered. What does not fit is dropped, counted,
and shown by the collector; it cannot be counted twice, for each event has a number.
"""

import collections
import gzip
import json
import math
import os
import sys
import threading
import time
import urllib.error
import urllib.request

MOST_QUEUED = 4_000_000  # numbers that may wait for the collector, of all events together
MOST_SENT = 150_000  # numbers of one request
MOST_ELEMENTS = 100_000  # numbers of one list
LINGER = 0.2  # seconds to wait for more events before a request
ALL_CLASSES = 32  # beyond, a look is a job for emit: see the schema


class Run:
    """A run. `url` is the collector's address, by default that of $ENGRAM_URL or this machine."""

    def __init__(self, name, url=None, headers=None, **header):
        self.raised = frozenset()  # of "warn", "onset", "harm": what the collector has seen so far
        self.dropped = collections.Counter()  # events lost on the way, by reason
        incarnation = time.time_ns() // 1_000_000
        url = url or os.environ.get("ENGRAM_URL", "http://127.0.0.1:9464")
        self._address = f"{url.rstrip('/')}/api/v1/runs/{name}/events?incarnation={incarnation}"
        self._headers = {"Content-Type": "application/x-ndjson", "Content-Encoding": "gzip"}
        self._headers.update(headers or {})
        self._queue = collections.deque()
        self._queued = 0
        self._sequence = 0
        self._at = (0, 0)
        self._changed = threading.Condition()
        self._deadline = None
        self._thread = threading.Thread(target=self._send_all, name="engram", daemon=True)
        self.emit("RunStarted", 0, 0, **header)
        self._thread.start()

    def emit(self, type, epoch, step, **fields):
        """Hands an event over; never waits. `step`: updates completed before what was measured."""
        size = 16 + sum(_size(value) for value in fields.values())
        with self._changed:
            sequence = self._sequence
            self._sequence += 1
            self._at = (epoch, step)
            if self._queued + size > MOST_QUEUED:
                self.dropped["queue_full"] += 1
                return
            self._queued += size
            self._queue.append((size, dict(
                sequence=sequence, epoch=epoch, step=step,
                timestampMillis=time.time_ns() // 1_000_000, event=dict(fields, type=type))))
            self._changed.notify()

    def describe(self, role, ids, given, true=None):
        """Says the labels of a role's examples, before training: training, holdout, canary, …"""
        for i in range(0, len(ids), MOST_ELEMENTS):
            part = slice(i, i + MOST_ELEMENTS)
            labels = {} if true is None else dict(trueLabels=true[part])
            self.emit("ExamplesDescribed", 0, 0, role=role, ids=ids[part],
                      givenLabels=given[part], **labels)

    def look(self, epoch, step, predictions):
        """What the network says, in evaluation mode, of fixed examples: {role: (ids, softmax)}."""
        parts = []
        for role, (ids, softmax) in predictions.items():
            classes = len(softmax[0])
            if classes > ALL_CLASSES:
                raise ValueError(f"{classes} classes: emit PredictionsMonitored with the top 5")
            rows = MOST_ELEMENTS // classes
            parts += [(role, classes, ids[i:i + rows], softmax[i:i + rows])
                      for i in range(0, len(ids), rows)]
        for i, (role, classes, ids, softmax) in enumerate(parts):
            self.emit("PredictionsMonitored", epoch, step, role=role, classes=classes, ids=ids,
                      completesLook=i + 1 == len(parts), probabilities=softmax)

    def finish(self, outcome="completed", detail="", timeout=60):
        """Says how it ended, and waits until all is sent, `timeout` seconds at most."""
        if self._deadline is not None:
            return
        self._report()
        self.emit("RunFinished", *self._at, outcome=outcome, detail=detail)
        with self._changed:
            self._deadline = time.monotonic() + timeout
            self._changed.notify()
        self._thread.join(timeout + 1)
        if self.dropped or self._queue:
            print(f"engram: {sum(self.dropped.values())} events were dropped,"
                  f" {len(self._queue)} not sent", file=sys.stderr)

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if kind is None:
            self.finish()
        else:
            asked = issubclass(kind, (KeyboardInterrupt, SystemExit))
            self.finish("stopped" if asked else "failed", f"{kind.__name__}: {error}")

    def _report(self):
        """The collector is told that the run lives, and what it lost."""
        with self._changed:
            self.emit("TrainerReported", *self._at, emitted=self._sequence + 1,
                      dropped=dict(self.dropped))

    def _send_all(self):
        reported = time.monotonic()
        while True:
            if time.monotonic() - reported >= 1 and self._deadline is None:
                self._report()
                reported = time.monotonic()
            with self._changed:
                if not self._queue:
                    if self._deadline is not None:
                        return
                    self._changed.wait(1)
                    continue
            if self._deadline is None:
                time.sleep(LINGER)
            lines = [line for line in map(self._line, self._take()) if line]
            if lines and not self._post(gzip.compress("\n".join(lines).encode(), 1), len(lines)):
                return

    def _line(self, event):
        try:
            return json.dumps(_plain(event), allow_nan=False)
        except (TypeError, ValueError) as error:
            print(f"engram: {event['event']['type']} is no JSON: {error}", file=sys.stderr)
            self.dropped["encoding"] += 1
            return None

    def _take(self):
        batch, size = [], 0
        with self._changed:
            while self._queue and (not batch or size + self._queue[0][0] <= MOST_SENT):
                one, event = self._queue.popleft()
                size += one
                self._queued -= one
                batch.append(event)
        return batch

    def _post(self, body, events):
        """Sends until it is answered. False if nothing more is to be sent."""
        pause = 0.1
        while True:
            try:
                # What was dropped is gone: the collector is to count it as missed, not to wait.
                request = urllib.request.Request(self._address + "&gaps=count", body, self._headers)
                with urllib.request.urlopen(request, timeout=30) as answer:
                    self.raised = frozenset(json.load(answer)["raised"])
                return True
            except urllib.error.HTTPError as error:
                said = error.read().decode(errors="replace").strip()
                if error.code < 500 and error.code != 429:
                    print(f"engram: {error.code} {said}", file=sys.stderr)
                    self.dropped["refused"] += events
                    return error.code == 400 or error.code == 413
            except (OSError, ValueError):
                pass  # no collector, or it was cut off: it knows by the numbers what it has
            if self._deadline is not None and time.monotonic() >= self._deadline:
                self.dropped["unsent"] += events
                return False
            time.sleep(pause)
            pause = min(5, 2 * pause)


def _size(value):
    if hasattr(value, "numel"):
        return value.numel()
    if hasattr(value, "size"):
        return value.size
    return len(value) if isinstance(value, (list, tuple, str)) else 1


def _plain(value):
    """A value as JSON has it: lists without a second dimension, and words for NaN and infinity."""
    if isinstance(value, float):
        if math.isfinite(value):
            return value
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    if isinstance(value, dict):
        return {key: _plain(its) for key, its in value.items()}
    if hasattr(value, "tolist"):
        value = value.tolist()
        return _plain(_flat(value) if isinstance(value, list) else value)
    if isinstance(value, (list, tuple)):
        return [_plain(its) for its in _flat(value)]
    return value


def _flat(values):
    rows = [row.tolist() if hasattr(row, "tolist") else row for row in values]
    if rows and isinstance(rows[0], (list, tuple)):
        return [its for row in rows for its in _flat(row)]
    return rows
