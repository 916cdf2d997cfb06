package io.engram.trainer.training;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A file from which a run goes on exactly: a zip of {@code engram.properties} (this record) and the
 * entries of DeepLearning4J's {@code ModelSerializer}, which can read it too. Order of examples,
 * dropout and noise are functions of (seed, step) and need no place in it.
 *
 * @param version of this layout, 1
 * @param settings what the run that goes on must agree in, by name
 * @param step updates completed
 * @param evaluations evaluations completed, that of epoch 0 included
 */
record Checkpoint(int version, Map<String, String> settings, int step, int evaluations) {
  private static final int VERSION = 1;
  private static final String HEADER = "engram.properties";
  private static final String CONFIGURATION = "configuration.json";
  private static final String PARAMETERS = "coefficients.bin";
  private static final String UPDATER_STATE = "updaterState.bin";
  private static final String SETTING = "setting.";
  private static final int BUFFER = 1 << 16;

  Checkpoint {
    settings = Map.copyOf(settings);
  }

  static Checkpoint at(Map<String, String> settings, int step, int evaluations) {
    return new Checkpoint(VERSION, settings, step, evaluations);
  }

  /**
   * Writes the file in one piece or not at all.
   *
   * @param durable whether to wait until the disk has it
   */
  void write(
      Path file,
      MultiLayerConfiguration configuration,
      MultiLayerNetwork network,
      boolean durable) {
    Path absolute = file.toAbsolutePath();
    Path temporary = absolute.resolveSibling(absolute.getFileName() + ".part");
    Path directory = absolute.getParent();
    try {
      if (directory != null) {
        Files.createDirectories(directory);
      }
      try (ZipOutputStream zip =
          new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(temporary)))) {
        zip.setLevel(Deflater.NO_COMPRESSION);
        entry(zip, HEADER, header());
        entry(zip, CONFIGURATION, configuration.toJson().getBytes(StandardCharsets.UTF_8));
        entry(zip, PARAMETERS, network.params());
        entry(zip, UPDATER_STATE, network.getUpdater().getStateViewArray());
      }
      if (durable) {
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
          channel.force(true);
        }
      }
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new CheckpointException("checkpoint %s cannot be written: %s".formatted(file, e), e);
    }
  }

  private static void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content);
    zip.closeEntry();
  }

  private static void entry(ZipOutputStream zip, String name, @Nullable INDArray array)
      throws IOException {
    if (array == null) {
      return;
    }
    zip.putNextEntry(new ZipEntry(name));
    // Arrays are written number by number, and each write to a zip is a call to native code.
    DataOutputStream data = new DataOutputStream(new BufferedOutputStream(zip, BUFFER));
    Nd4j.write(array, data);
    data.flush();
    zip.closeEntry();
  }

  /**
   * Reads the file into a network of the same architecture and optimizer.
   *
   * @param expected settings of the run that goes on
   */
  static Checkpoint read(Path file, Map<String, String> expected, MultiLayerNetwork network) {
    try {
      verify(file);
      return readVerified(file, expected, network);
    } catch (NoSuchFileException e) {
      throw new CheckpointException("checkpoint %s does not exist".formatted(file), e);
    } catch (IOException e) {
      throw damaged(file, String.valueOf(e.getMessage()), e);
    }
  }

  /** Reads all of it once: every entry against its checksum. */
  private static void verify(Path file) throws IOException {
    try (ZipInputStream zip = open(file)) {
      while (zip.getNextEntry() != null) {
        zip.transferTo(OutputStream.nullOutputStream());
      }
    }
  }

  private static ZipInputStream open(Path file) throws IOException {
    return new ZipInputStream(new BufferedInputStream(Files.newInputStream(file)));
  }

  private static Checkpoint readVerified(
      Path file, Map<String, String> expected, MultiLayerNetwork network) throws IOException {
    try (ZipInputStream zip = open(file)) {
      Checkpoint checkpoint = header(file, zip);
      checkpoint.requireSame(file, expected);
      boolean parametersRead = false;
      boolean stateRead = network.getUpdater().getStateViewArray() == null;
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().equals(PARAMETERS)) {
          read(file, zip, network.params());
          parametersRead = true;
        } else if (entry.getName().equals(UPDATER_STATE)) {
          read(file, zip, network.getUpdater().getStateViewArray());
          stateRead = true;
        }
      }
      if (!parametersRead || !stateRead) {
        throw damaged(file, "it ends early", null);
      }
      network.setIterationCount(checkpoint.step());
      return checkpoint;
    }
  }

  private byte[] header() throws IOException {
    Properties properties = new Properties();
    properties.setProperty("version", String.valueOf(version));
    properties.setProperty("step", String.valueOf(step));
    properties.setProperty("evaluations", String.valueOf(evaluations));
    settings.forEach((name, value) -> properties.setProperty(SETTING + name, value));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    properties.store(bytes, null);
    return bytes.toByteArray();
  }

  private static Checkpoint header(Path file, ZipInputStream zip) throws IOException {
    ZipEntry first = zip.getNextEntry();
    if (first == null || !first.getName().equals(HEADER)) {
      throw new CheckpointException(
          "%s is not a checkpoint: it does not begin with %s".formatted(file, HEADER));
    }
    Properties properties = new Properties();
    try {
      properties.load(zip);
      int version = number(properties, "version");
      if (version != VERSION) {
        throw new CheckpointException(
            "checkpoint %s has version %d, this program reads version %d"
                .formatted(file, version, VERSION));
      }
      Map<String, String> settings =
          properties.stringPropertyNames().stream()
              .filter(name -> name.startsWith(SETTING))
              .collect(
                  Collectors.toMap(
                      name -> name.substring(SETTING.length()), properties::getProperty));
      return new Checkpoint(
          version, settings, number(properties, "step"), number(properties, "evaluations"));
    } catch (IllegalArgumentException e) {
      throw damaged(file, HEADER + " cannot be read", e);
    }
  }

  private static int number(Properties properties, String name) {
    return Integer.parseInt(properties.getProperty(name, ""));
  }

  private void requireSame(Path file, Map<String, String> expected) {
    expected.forEach(
        (name, value) -> {
          String saved = settings.get(name);
          if (!value.equals(saved)) {
            throw new CheckpointException(
                "checkpoint %s is of another run: its %s is %s, this run's is %s"
                    .formatted(file, name, saved, value));
          }
        });
  }

  private static void read(Path file, InputStream entry, INDArray into) throws IOException {
    INDArray saved;
    try {
      saved = Nd4j.read(entry);
    } catch (RuntimeException e) {
      throw damaged(file, String.valueOf(e.getMessage()), e);
    }
    try (saved) {
      if (saved.length() != into.length()) {
        throw damaged(
            file,
            "it holds %d values where the network has %d".formatted(saved.length(), into.length()),
            null);
      }
      into.assign(saved.reshape(into.shape()));
    }
    entry.transferTo(OutputStream.nullOutputStream());
  }

  private static CheckpointException damaged(Path file, String how, @Nullable Throwable cause) {
    return new CheckpointException("checkpoint %s is damaged: %s".formatted(file, how), cause);
  }
}
