package io.engram.collector.aggregate;

import java.util.List;

/**
 * What the probes of a run have measured, and the probes themselves.
 *
 * @param criticalSamples searches for critical samples, by split and radius
 * @param sensitivity loss-sensitivity, one for each kind that was measured
 * @param monitor looks at the monitored examples
 * @param spectrum the spectrum of the gradients' covariance
 * @param svalidation what shallow classifiers scored on the features
 * @param probes what each probe did and cost
 */
public record MeasurementsSnapshot(
    List<CriticalSamplesSnapshot> criticalSamples,
    List<SensitivitySnapshot> sensitivity,
    MonitorSnapshot monitor,
    SpectrumSnapshot spectrum,
    SValidationSnapshot svalidation,
    List<ProbeSnapshot> probes) {
  public MeasurementsSnapshot {
    criticalSamples = List.copyOf(criticalSamples);
    sensitivity = List.copyOf(sensitivity);
    probes = List.copyOf(probes);
  }
}
