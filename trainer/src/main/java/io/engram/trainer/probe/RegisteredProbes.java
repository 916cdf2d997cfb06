package io.engram.trainer.probe;

import io.engram.trainer.spec.ProbesSpec;
import io.engram.trainer.spec.Schedule;
import io.engram.trainer.training.LoopListeners.Context;
import java.util.List;
import java.util.function.Function;

/** Every probe that a run file can name has a line here. */
final class RegisteredProbes {
  private static final List<Registered> ALL =
      List.of(
          new Registered(spec -> spec.csr().every(), CriticalSamplesProbe::new),
          new Registered(spec -> spec.predictions().every(), PredictionsProbe::new),
          new Registered(spec -> spec.spectrum().every(), SpectrumProbe::new),
          new Registered(spec -> spec.unrolled().every(), SensitivityProbe::unrolled),
          new Registered(spec -> spec.truncated().every(), SensitivityProbe::truncated));

  private RegisteredProbes() {}

  private record Registered(
      Function<ProbesSpec, Schedule> schedule, Function<Context, Probe> make) {}

  /** Those that are ever due in a run. */
  static List<Probe> of(Context context) {
    return ALL.stream()
        .filter(one -> one.schedule.apply(context.spec().probes()).kind() != Schedule.Kind.NEVER)
        .map(one -> one.make.apply(context))
        .toList();
  }
}
