package io.engram.events;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One fixed envelope of each kind, the content of the golden files: never change one. */
public final class EventExamples {
  private static final RunId RUN = new RunId("glyphs-noise-40");
  private static final long INCARNATION = 1_790_000_000_000L;

  private EventExamples() {}

  /** The envelopes in the order of their sequence, 0 to 16. */
  public static List<EventEnvelope> all() {
    return Stream.concat(first().stream(), probes().stream()).toList();
  }

  /** The kinds of event that version 1 began with, 0 to 8: the content of the golden batch. */
  public static List<EventEnvelope> first() {
    return List.of(
        envelope(0, 0, 0, runStarted()),
        envelope(
            1,
            0,
            0,
            new ExamplesDescribed(
                ExampleRole.TRAINING,
                new int[] {0, 1, 70_000},
                new int[] {3, 9, 0},
                new int[] {3, 4, -1})),
        envelope(2, 1, 41, new StepCompleted(3, 2, 4.25, 0.1, 0.0125)),
        envelope(3, 1, 41, examplesClassified()),
        envelope(
            4,
            1,
            41,
            new GradientNormsMeasured(
                new double[] {0.5, Double.POSITIVE_INFINITY},
                new double[] {0.005, Double.NaN},
                new double[] {12.75, 3})),
        envelope(
            5,
            2,
            100,
            new EpochCompleted(
                List.of(
                    new Evaluation(Split.TRAIN, LabelGroup.CLEAN, 36_000, 35_000, 4_321.5),
                    new Evaluation(Split.TRAIN, LabelGroup.FLIPPED, 24_000, 3_000, Double.NaN),
                    new Evaluation(Split.VALIDATION, LabelGroup.CLEAN, 10_000, 9_700, 999.125)),
                12.5)),
        envelope(6, 2, 100, new CheckpointSaved("checkpoints/glyphs-noise-40/100.zip")),
        envelope(
            7,
            2,
            100,
            new TrainerReported(
                TrainerReported.State.PAUSED, 8, Map.of("queue_full", 5L, "encoding", 1L))),
        envelope(
            8,
            2,
            100,
            new RunFinished(RunFinished.Outcome.STOPPED, "stopped on request – ünïcode 🧠")));
  }

  private static List<EventEnvelope> probes() {
    return List.of(
        envelope(
            9,
            2,
            100,
            new LossSensitivityMeasured(
                SensitivityKind.UNROLLED,
                100,
                new int[] {1, 70_000},
                new double[] {0.5, 1e-7},
                2,
                new double[] {0.25, 0.125, Double.NaN, 4})),
        envelope(
            10,
            2,
            100,
            new CriticalSamplesSearched(
                Split.NOISE, 8, 10, new int[] {0, 1, 2}, new int[] {0, 10, 1})),
        envelope(
            11,
            2,
            100,
            new PredictionsMonitored(
                ExampleRole.CANARY,
                true,
                3,
                new int[] {5, 6},
                new int[0],
                new float[] {0.5f, 0.25f, 0.25f, 0, Float.NaN, 1},
                new float[0],
                new int[0])),
        envelope(
            12, 2, 100, new GradientSpectrumMeasured(256, new double[] {2.5, 0.5, 0.0625, -1e-17})),
        envelope(13, 2, 100, new ProbeFailed("csr", "the network's outputs are not finite")),
        envelope(
            14,
            2,
            100,
            new ProbesReported(
                List.of(
                    new ProbesReported.Probe("csr", 20, 1, 3, 12.5),
                    new ProbesReported.Probe("predictions", 40, 0, 0, 0.75)))),
        envelope(15, 2, 100, sValidationScored()),
        envelope(16, 2, 100, new CheckpointsKept(List.of(0L, 50L, 70_000_000_000L), 50)));
  }

  private static EventEnvelope envelope(long sequence, int epoch, long step, TrainingEvent event) {
    return new EventEnvelope(
        RUN, INCARNATION, sequence, epoch, step, INCARNATION + 10 * sequence, event);
  }

  private static RunStarted runStarted() {
    return new RunStarted(
        new RunStarted.Dataset(
            "glyphs",
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            60_000,
            10_000,
            10,
            28,
            28,
            1,
            0.1307,
            0.3081),
        new RunStarted.Noise("none", 0, 0, "uniform", 0.4, 24_000, 21_600),
        new RunStarted.Network(
            "mlp:784-256-16-10",
            205_242,
            List.of("dense1", "dense2", "output"),
            List.of("per-example gradient norm: not in this network")),
        new RunStarted.Training("sgd, momentum 0.9", 0.1, 128, 60, 469, 42),
        new RunStarted.Device("cpu", "a processor"),
        -1);
  }

  private static SValidationScored sValidationScored() {
    return new SValidationScored(
        FeatureSource.NETWORK,
        "random-forest-v1 trees=100 mtry=sqrt nodesize=1",
        "FAST",
        2_000,
        1_010,
        false,
        List.of(
            new SValidationScored.PerturbedSet(
                "0.05",
                new NullScores(1_900, new int[] {1_898, 1_903}, new int[] {1_500, 1_490, 1_510})),
            new SValidationScored.PerturbedSet(
                "1", new NullScores(1_000, new int[] {998, 1_004}, new int[] {1_001, 990, 1_005}))),
        1_000,
        975,
        new SValidationScored.Features(16, 3, 1_999, 0.25),
        1.5);
  }

  private static ExamplesClassified examplesClassified() {
    return new ExamplesClassified(
        new int[] {1, 70_000, 0},
        new int[] {9, 0, 3},
        new int[] {9, 1, 3},
        new float[] {0.25f, 2.5f, 1.5f},
        new float[] {1.5f, -3.25f, 0f},
        new float[] {},
        new float[] {0.5f, Float.NaN, Float.MIN_VALUE},
        new float[] {1, 2, 3},
        new float[] {1, 2, 3, 4, 5, Float.NEGATIVE_INFINITY});
  }
}
