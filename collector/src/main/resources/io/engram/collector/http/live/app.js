// The page: takes frames from the stream, keeps the runs, and redraws what changed.

import { Alerts } from "./alerts.js";
import { Card } from "./cards.js";
import { Charts } from "./charts.js";
import { login } from "./login.js";
import { assign } from "./palette.js";
import { Panels } from "./panels.js";
import { Rates } from "./rates.js";
import { SeriesStore } from "./series.js";
import { onChoice } from "./state.js";
import { listen } from "./stream.js";

/** Between two drawings: about eight a second, however fast frames come, and fewer of many runs. */
const DRAW_MILLIS = 120;
const MANY_DRAW_MILLIS = 400;
const MANY_RUNS = 8;

/** More runs than this are a list of lines, each of which opens. */
const MANY_CARDS = 6;

const runs = new Map();
const cards = new Map();
const rates = new Rates();
const store = new SeriesStore(() => redraw());
const charts = new Charts(document.getElementById("charts"), store, rates, () => redraw());
const alerts = new Alerts(document.getElementById("alerts"));
const panels = new Panels(document.getElementById("panels"), () => redraw());
const list = document.getElementById("runs");
const connection = document.getElementById("connection");

let due = false;
let drawnAt = 0;
let told = false;
let drawnWhole = false;

let stream = "connecting";
let locked = false;

login(document.getElementById("login")).then((asked) => {
  locked = asked;
  if (stream !== "connecting") showConnection();
});

listen(onFrame, (state) => {
  stream = state;
  showConnection();
});

function showConnection() {
  connection.dataset.state = stream;
  connection.textContent = stream === "live" ? "live" : locked ? "locked" : "connection lost, trying again";
}

onChoice(() => {
  charts.choose();
  panels.choose();
  drawnAt = -Infinity;
  redraw();
});

// Rates go on when nothing arrives: that is when they matter.
setInterval(redraw, 1000);

function onFrame({ full, runs: news, removed, alerts: alertsNow }) {
  told = true;
  if (alertsNow) alerts.update(alertsNow);
  if (full) {
    const present = new Set(news.map(({ run }) => run.run));
    for (const run of runs.keys()) if (!present.has(run)) remove(run);
  }
  for (const run of removed) remove(run);
  for (const { run: view, series } of news) {
    const before = runs.get(view.run);
    runs.set(view.run, view);
    store.append(view.run, series);
    if (full || before?.incarnation !== view.incarnation) store.refresh(view.run);
  }
  redraw();
}

function remove(run) {
  runs.delete(run);
  cards.get(run)?.remove();
  cards.delete(run);
  store.forget(run);
  charts.forget(run);
  rates.forget(run);
}

function redraw() {
  if (due) return;
  due = true;
  const pause = runs.size > MANY_RUNS ? MANY_DRAW_MILLIS : DRAW_MILLIS;
  const wait = drawnWhole ? Math.max(0, drawnAt + pause - performance.now()) : 0;
  setTimeout(() => requestAnimationFrame(draw), wait);
}

function draw(now) {
  due = false;
  drawnAt = now;
  const names = [...runs.keys()].sort();
  assign(names);
  document.getElementById("empty").hidden = !told || names.length > 0;
  document.getElementById("charts").hidden = names.length === 0;
  list.hidden = names.length === 0;
  list.classList.toggle("many", names.length > MANY_CARDS);
  for (const name of names) {
    const view = runs.get(name);
    const { progress, delivery } = view;
    rates.observe(name, { events: delivery.received, steps: progress.steps, examples: progress.examples }, now);
    if (!cards.has(name)) cards.set(name, new Card(list, name));
    cards.get(name).update(view, { steps: rates.smooth(name, "steps"), examples: rates.smooth(name, "examples") });
  }
  const views = names.map((name) => runs.get(name));
  drawnWhole = charts.draw(views, now);
  // The charts come first: what is below them waits.
  if (drawnWhole) panels.draw(views, now);
}
