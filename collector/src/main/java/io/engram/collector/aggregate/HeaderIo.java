package io.engram.collector.aggregate;

import io.engram.events.RunStarted;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The run's header in a saved state, field by field in the order of the records. */
final class HeaderIo {
  private HeaderIo() {}

  static void write(RunStarted header, DataOutput out) throws IOException {
    RunStarted.Dataset dataset = header.dataset();
    StateIo.writeString(out, dataset.name());
    StateIo.writeString(out, dataset.sha256());
    out.writeInt(dataset.trainingExamples());
    out.writeInt(dataset.validationExamples());
    out.writeInt(dataset.classes());
    out.writeInt(dataset.height());
    out.writeInt(dataset.width());
    out.writeInt(dataset.channels());
    out.writeDouble(dataset.inputMean());
    out.writeDouble(dataset.inputStandardDeviation());
    RunStarted.Noise noise = header.noise();
    StateIo.writeString(out, noise.inputs());
    out.writeDouble(noise.inputShare());
    out.writeInt(noise.inputsReplaced());
    StateIo.writeString(out, noise.labels());
    out.writeDouble(noise.labelShare());
    out.writeInt(noise.labelsSelected());
    out.writeInt(noise.labelsFlipped());
    RunStarted.Network network = header.network();
    StateIo.writeString(out, network.name());
    out.writeLong(network.parameters());
    writeStrings(network.layers(), out);
    writeStrings(network.unavailable(), out);
    RunStarted.Training training = header.training();
    StateIo.writeString(out, training.optimizer());
    out.writeDouble(training.learningRate());
    out.writeInt(training.batchSize());
    out.writeInt(training.epochs());
    out.writeInt(training.stepsPerEpoch());
    out.writeLong(training.seed());
    StateIo.writeString(out, header.device().backend());
    StateIo.writeString(out, header.device().name());
    out.writeLong(header.resumedFromStep());
    out.writeDouble(header.onset().falseAlarm());
    out.writeDouble(header.onset().noiseRate());
  }

  static RunStarted read(DataInput in) throws IOException {
    return new RunStarted(
        new RunStarted.Dataset(
            StateIo.readString(in),
            StateIo.readString(in),
            in.readInt(),
            in.readInt(),
            in.readInt(),
            in.readInt(),
            in.readInt(),
            in.readInt(),
            in.readDouble(),
            in.readDouble()),
        new RunStarted.Noise(
            StateIo.readString(in),
            in.readDouble(),
            in.readInt(),
            StateIo.readString(in),
            in.readDouble(),
            in.readInt(),
            in.readInt()),
        new RunStarted.Network(
            StateIo.readString(in), in.readLong(), readStrings(in), readStrings(in)),
        new RunStarted.Training(
            StateIo.readString(in),
            in.readDouble(),
            in.readInt(),
            in.readInt(),
            in.readInt(),
            in.readLong()),
        new RunStarted.Device(StateIo.readString(in), StateIo.readString(in)),
        in.readLong(),
        new RunStarted.Onset(in.readDouble(), in.readDouble()));
  }

  private static void writeStrings(List<String> values, DataOutput out) throws IOException {
    out.writeInt(values.size());
    for (String value : values) {
      StateIo.writeString(out, value);
    }
  }

  private static List<String> readStrings(DataInput in) throws IOException {
    List<String> values = new ArrayList<>();
    for (int n = StateIo.readLength(in); n > 0; n--) {
      values.add(StateIo.readString(in));
    }
    return values;
  }
}
