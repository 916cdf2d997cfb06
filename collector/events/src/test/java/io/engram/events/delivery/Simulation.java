package io.engram.events.delivery;

import java.util.SplittableRandom;

/**
 * One schedule: a trainer, a collector, what lies between them and under them, in an order drawn
 * from a seed; then, without further faults, to the end. Throws {@link Witness.Violation}.
 */
final class Simulation {
  private static final int MOST_CRASHES = 4;
  private static final int LONGEST_END = 5_000;

  private final SplittableRandom random;
  private final Witness witness = new Witness();
  private final Network network;
  private final SimulatedTrainer trainer;
  private final SimulatedCollector collector;
  private final int actions;
  private int crashes;

  private Simulation(long seed, Broken broken) {
    random = new SplittableRandom(seed);
    network = new Network(random);
    trainer = new SimulatedTrainer(random, network, witness, broken, random.nextInt(4) == 0);
    collector = new SimulatedCollector(random, network, witness, broken);
    actions = 20 + random.nextInt(160);
  }

  static Witness run(long seed, Broken broken) {
    Simulation simulation = new Simulation(seed, broken);
    simulation.run();
    return simulation.witness;
  }

  private void run() {
    trainer.start();
    for (int i = 0; i < actions; i++) {
      act();
    }
    end();
  }

  private void act() {
    switch (random.nextInt(26)) {
      case 0, 1, 2, 3 -> train();
      case 4 -> {
        if (trainer.isAlive()) {
          trainer.save();
        }
      }
      case 5, 6, 7, 8 -> pump(random.nextInt(60) == 0);
      case 9, 10 -> {
        if (trainer.isAlive()) {
          trainer.force();
        }
      }
      case 11, 12, 13, 14 -> send();
      case 15, 16, 17, 18 -> receive(random.nextInt(15) == 0, true);
      case 19, 20 -> collector.commit(random.nextInt(10) == 0);
      case 21, 22 -> hear(true);
      case 23 -> {
        if (random.nextBoolean()) {
          network.drop();
        } else if (trainer.isAlive()) {
          trainer.losePatience(false);
        }
      }
      case 24 -> {
        if (random.nextBoolean()) {
          collector.snapshot();
        } else {
          collector.saveCheckpoints();
        }
      }
      default -> crashOrRestart();
    }
  }

  private void crashOrRestart() {
    if (!trainer.isAlive() && random.nextBoolean()) {
      trainer.start();
    } else if (!collector.isAlive()) {
      if (random.nextInt(8) == 0) {
        collector.damage();
      }
      collector.restart();
    } else if (crashes < MOST_CRASHES) {
      crashes++;
      boolean power = random.nextBoolean();
      if (trainer.isAlive() && random.nextBoolean()) {
        trainer.crash(power);
      } else {
        collector.crash(power);
      }
    }
  }

  private void train() {
    if (trainer.isAlive()) {
      trainer.train();
    }
  }

  private void pump(boolean diskFails) {
    if (trainer.isAlive()) {
      trainer.pump(diskFails);
    }
  }

  private void send() {
    if (trainer.isAlive()) {
      trainer.send();
    }
  }

  private void receive(boolean diskFails, boolean faults) {
    Said.Parcel parcel = network.takeParcel(faults);
    if (parcel != null) {
      collector.receive(parcel, diskFails);
    }
  }

  private void hear(boolean faults) {
    Said.Answer answer = network.takeAnswer(faults);
    if (answer != null) {
      trainer.hear(answer);
    }
  }

  /** Everybody lives, nothing fails: until nothing is left to do. */
  private void end() {
    if (!trainer.isAlive()) {
      trainer.start();
    }
    if (!collector.isAlive()) {
      collector.restart();
    }
    for (int i = 0; !(trainer.isIdle() && collector.isIdle()); i++) {
      if (i == LONGEST_END) {
        throw new Witness.Violation("does not come to rest");
      }
      pump(false);
      trainer.force();
      send();
      receive(false, false);
      collector.commit(false);
      hear(false);
      if (network.isQuiet()) {
        trainer.losePatience(true);
      }
    }
    witness.checkBalance(collector.state().seen);
    checkSteps();
  }

  /** Total − redone is what a run that was never killed has: every step once, in order. */
  private void checkSteps() {
    if (witness.stepsLost) {
      return;
    }
    Applied state = collector.state();
    for (int i = 0; i < state.count; i++) {
      if (state.steps[i] != i + 1) {
        throw new Witness.Violation(
            "step %d stands where %d belongs".formatted(state.steps[i], i + 1));
      }
    }
    if (state.count != trainer.step()) {
      throw new Witness.Violation("%d steps of %d".formatted(state.count, trainer.step()));
    }
  }
}
