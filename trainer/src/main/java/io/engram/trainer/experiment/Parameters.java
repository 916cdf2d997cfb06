package io.engram.trainer.experiment;

import io.engram.trainer.spec.InvalidSettingException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values for the parameters of an experiment. */
public final class Parameters {
  private final Map<String, String> texts = new LinkedHashMap<>();
  private final Map<String, List<Double>> values = new LinkedHashMap<>();

  private Parameters() {}

  /**
   * @param given by name; those left out have their default
   * @throws InvalidSettingException if one is not what its parameter takes
   */
  public static Parameters of(List<Parameter> declared, Map<String, String> given) {
    Parameters parameters = new Parameters();
    for (Parameter parameter : declared) {
      String text = given.getOrDefault(parameter.name(), parameter.fallback());
      parameters.texts.put(parameter.name(), text);
      parameters.values.put(parameter.name(), parameter.parse(text));
    }
    for (String name : given.keySet()) {
      if (!parameters.texts.containsKey(name)) {
        throw new InvalidSettingException(
            "--" + name,
            "unknown; known here are --" + String.join(", --", parameters.texts.keySet()));
      }
    }
    return parameters;
  }

  /** Value of a whole number. */
  public int whole(String name) {
    return (int) number(name);
  }

  /** Value of a number. */
  public double number(String name) {
    return numbers(name).get(0);
  }

  /** Value of a flag. */
  public boolean flag(String name) {
    return number(name) == 1;
  }

  /** Values of a list of whole numbers. */
  public List<Integer> wholes(String name) {
    return numbers(name).stream().map(Double::intValue).toList();
  }

  /** The words chosen, as places among the choices. */
  public List<Integer> chosen(String name) {
    return wholes(name);
  }

  /** Values of a list of numbers. */
  public List<Double> numbers(String name) {
    List<Double> found = values.get(name);
    if (found == null) {
      throw new IllegalArgumentException("the experiment declares no parameter " + name);
    }
    return found;
  }

  /** All values as they were given, by name, in the order of their declaration. */
  Map<String, String> texts() {
    return texts;
  }
}
