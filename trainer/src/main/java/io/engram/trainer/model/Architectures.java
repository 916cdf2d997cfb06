package io.engram.trainer.model;

import io.engram.trainer.dataset.ImageShape;
import io.engram.trainer.spec.InvalidSettingException;
import io.engram.trainer.spec.NetworkSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Networks by name. */
final class Architectures {
  static final String FREE = "mlp:";
  static final String ARPIT_CNN = "arpit-cnn";

  private static final int ARPIT_FILTERS = 200;
  private static final Pattern SIZES = Pattern.compile("[1-9][0-9]{0,6}(-[1-9][0-9]{0,6})+");
  private static final Map<String, Architecture> NAMED = named();

  private Architectures() {}

  private static Map<String, Architecture> named() {
    Map<String, Architecture> all = new LinkedHashMap<>();
    all.put("mlp-4096", Architecture.multilayerPerceptron(4096, 4096));
    all.put("mlp-16x16", Architecture.multilayerPerceptron(16, 16));
    all.put("mlp-a", Architecture.netoPerceptron(new int[] {256, 16}, new double[] {0, 0}));
    all.put(
        "mlp-b",
        Architecture.netoPerceptron(new int[] {256, 128, 64, 16}, new double[] {0, 0, 0, 0}));
    all.put("mlp-d", Architecture.netoPerceptron(new int[] {256, 16}, new double[] {0.25, 0.5}));
    all.put(
        "mlp-e",
        Architecture.netoPerceptron(
            new int[] {256, 128, 64, 16}, new double[] {0.25, 0.5, 0.5, 0.5}));
    all.put("cnn-c", Architecture.netoConvolutional(0, 0));
    all.put("cnn-f", Architecture.netoConvolutional(0.25, 0.5));
    return all;
  }

  static List<String> names() {
    List<String> names = new ArrayList<>(NAMED.keySet());
    names.add(ARPIT_CNN);
    names.add(FREE + "INPUTS-…-CLASSES");
    return List.copyOf(names);
  }

  static Architecture resolve(NetworkSpec spec, ImageShape shape, int classes) {
    String name = spec.name();
    if (name.equals(ARPIT_CNN)) {
      return Architecture.arpitConvolutional(spec.width() == null ? ARPIT_FILTERS : spec.width());
    }
    if (spec.width() != null) {
      throw new InvalidSettingException(
          "network.width", "network %s has no width; only %s has one".formatted(name, ARPIT_CNN));
    }
    if (name.startsWith(FREE)) {
      return free(name, shape, classes);
    }
    Architecture architecture = NAMED.get(name);
    if (architecture == null) {
      throw new InvalidSettingException(
          "network.name",
          "there is no network '%s', must be one of %s"
              .formatted(name, String.join(", ", names())));
    }
    return architecture;
  }

  private static Architecture free(String name, ImageShape shape, int classes) {
    String sizes = name.substring(FREE.length());
    if (!SIZES.matcher(sizes).matches()) {
      throw new InvalidSettingException(
          "network.name",
          "'%s' is not a list of layer sizes, must be like %s%d-256-16-%d"
              .formatted(name, FREE, shape.size(), classes));
    }
    int[] units = Pattern.compile("-").splitAsStream(sizes).mapToInt(Integer::parseInt).toArray();
    if (units[0] != shape.size()) {
      throw new InvalidSettingException(
          "network.name",
          "'%s' takes %d inputs, must start with the data's %d (%d x %d x %d)"
              .formatted(
                  name, units[0], shape.size(), shape.height(), shape.width(), shape.channels()));
    }
    if (units[units.length - 1] != classes) {
      throw new InvalidSettingException(
          "network.name",
          "'%s' has %d outputs, must end with the data's %d classes"
              .formatted(name, units[units.length - 1], classes));
    }
    int[] hidden = Arrays.copyOfRange(units, 1, units.length - 1);
    return Architecture.multilayerPerceptron(hidden);
  }
}
