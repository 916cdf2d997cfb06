package io.engram.collector.onset;

import io.engram.events.RunStarted;
import java.util.List;

/** Every detector that there is, in the order in which they are shown. */
final class Detectors {
  private Detectors() {}

  static List<OnsetDetector> all(RunStarted.Onset settings) {
    return List.of(
        new CanaryRankTest(settings),
        new LabelNoise(),
        new ContradictionFall(),
        FallWithGap.both(),
        new ConsensusFall(),
        new ArbitraryLabels(),
        new HoldoutGap(),
        FallWithGap.either(),
        new HoldoutFall(settings),
        new HoldoutCusum(),
        new NoiseCeiling(settings),
        new CriticalSamplesRise(settings),
        new LabelWave(),
        new PresentedFall(),
        new SValidationIncrease());
  }
}
