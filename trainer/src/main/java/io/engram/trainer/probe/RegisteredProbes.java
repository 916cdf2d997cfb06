package io.engram.trainer.probe;

import io.engram.trainer.spec.ProbesSpec;
import io.engram.trainer.spec.Schedule;
import io.engram.trainer.svalidation.Scorer;
import io.engram.trainer.training.LoopListeners.Context;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Every probe that a run file can name has a line here. */
final class RegisteredProbes {
  private static final List<Registered> ALL =
      List.of(
          alone(spec -> spec.csr().every(), CriticalSamplesProbe::new),
          alone(spec -> spec.predictions().every(), PredictionsProbe::new),
          alone(spec -> spec.spectrum().every(), SpectrumProbe::new),
          alone(spec -> spec.unrolled().every(), SensitivityProbe::unrolled),
          alone(spec -> spec.truncated().every(), SensitivityProbe::truncated),
          new Registered(spec -> spec.svalidation().every(), SValidationProbe::new));

  private RegisteredProbes() {}

  private record Registered(
      Function<ProbesSpec, Schedule> schedule, BiFunction<Context, Scorer, Probe> make) {}

  private static Registered alone(
      Function<ProbesSpec, Schedule> schedule, Function<Context, Probe> make) {
    return new Registered(schedule, (context, scorer) -> make.apply(context));
  }

  /** Those that are ever due in a run. */
  static List<Probe> of(Context context, Scorer scorer) {
    return ALL.stream()
        .filter(one -> one.schedule.apply(context.spec().probes()).kind() != Schedule.Kind.NEVER)
        .map(one -> one.make.apply(context, scorer))
        .toList();
  }
}
