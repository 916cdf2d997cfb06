"""The client against a collector that is away, slow and forgetful. Run by PyTorchExampleTest."""

import gzip
import http.server
import json
import os
import sys
import threading
import unittest

sys.path.insert(0, os.environ["ENGRAM_CLIENT"])
import engram  # noqa: E402


class Collector(http.server.BaseHTTPRequestHandler):
    """Answers each request as the next of `behaviours` says, then as it should be."""

    def do_POST(self):
        server = self.server
        body = self.rfile.read(int(self.headers["Content-Length"]))
        events = [json.loads(line) for line in gzip.decompress(body).splitlines()]
        behaviour = server.behaviours.pop(0) if server.behaviours else "take"
        if behaviour == "hang":
            server.released.wait(60)
        if behaviour in ("take", "forget to answer", "hang"):
            server.taken.append((self.path, events))
        if behaviour == "forget to answer":
            self.close_connection = True
            return
        code = 503 if behaviour == "be busy" else 400 if behaviour == "refuse" else 200
        answer = json.dumps({"raised": ["onset"], "error": behaviour}).encode()
        self.send_response(code)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *words):
        pass


class ClientTest(unittest.TestCase):
    def setUp(self):
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Collector)
        self.server.taken = []
        self.server.behaviours = []
        self.server.released = threading.Event()
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def tearDown(self):
        self.server.shutdown()
        self.server.server_close()

    def sequences(self):
        return [event["sequence"] for path, events in self.server.taken for event in events]

    def test_everything_arrives_in_order(self):
        with engram.Run("alpha", self.url, dataset=dict(name="mine")) as run:
            for step in range(100):
                run.emit("StepCompleted", 0, step, lossSum=float("nan"), examples=step)
        self.assertEqual(self.sequences(), list(range(len(self.sequences()))))
        said = [event["event"] for path, events in self.server.taken for event in events]
        self.assertEqual(said[0]["type"], "RunStarted")
        self.assertEqual(said[1]["lossSum"], "NaN")
        self.assertEqual(said[-1], dict(type="RunFinished", outcome="completed", detail=""))
        self.assertEqual(said[-2]["emitted"], len(said) - 1)
        self.assertEqual(run.raised, {"onset"})
        self.assertEqual(sum(run.dropped.values()), 0)

    def test_what_was_not_answered_is_sent_again_under_the_same_numbers(self):
        self.server.behaviours = ["be busy", "forget to answer", "be busy"]
        with engram.Run("alpha", self.url) as run:
            run.emit("CheckpointSaved", 0, 0, location="x")
        first, second = self.server.taken[0], self.server.taken[1]
        self.assertEqual(first, second)
        self.assertEqual(set(self.sequences()), set(range(max(self.sequences()) + 1)))

    def test_what_does_not_fit_is_dropped_and_said(self):
        self.server.behaviours = ["hang"]
        run = engram.Run("alpha", self.url)
        numbers = [0] * (engram.MOST_QUEUED // 4)
        for step in range(10):
            run.emit("GradientSpectrumMeasured", 0, step, examples=1, eigenvalues=numbers)
        self.assertGreaterEqual(run.dropped["queue_full"], 6)
        self.server.released.set()
        run.finish()
        report = self.server.taken[-1][1][-2]["event"]
        self.assertEqual(report["dropped"], dict(run.dropped))
        self.assertEqual(report["emitted"] - len(self.sequences()) + 1, run.dropped["queue_full"])

    def test_what_is_refused_blocks_nothing(self):
        self.server.behaviours = ["refuse"]
        run = engram.Run("alpha", self.url)
        run.emit("CheckpointSaved", 0, 0, location=object())
        run.finish()
        self.assertGreaterEqual(sum(run.dropped.values()), 1)

    def test_a_collector_that_is_away_ends_in_time(self):
        self.server.shutdown()
        self.server.server_close()
        run = engram.Run("alpha", self.url)
        run.finish(timeout=0.5)
        self.assertEqual(run.dropped["unsent"], 3)
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Collector)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def test_looks_and_descriptions_are_cut_to_size(self):
        n = engram.MOST_ELEMENTS // 10 + 5
        with engram.Run("alpha", self.url) as run:
            run.describe("training", list(range(10)), [0] * 10)
            run.look(1, 20, {"training": (list(range(n)), [[0.1] * 10] * n),
                             "canary": ([n], [[0.1] * 10])})
        looks = [event["event"] for path, events in self.server.taken for event in events
                 if event["event"]["type"] == "PredictionsMonitored"]
        self.assertEqual([len(look["ids"]) for look in looks], [n - 5, 5, 1])
        self.assertEqual([len(look["probabilities"]) for look in looks], [10 * n - 50, 50, 10])
        self.assertEqual([look["completesLook"] for look in looks], [False, False, True])


if __name__ == "__main__":
    unittest.main()
