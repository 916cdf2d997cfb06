package io.engram.trainer.spec;

/**
 * Reads YAML into records as strictly as run files are read: keys in snake case, each known and
 * given once, values of the right type, nothing coerced.
 */
public final class StrictYaml {
  private StrictYaml() {}

  /**
   * @param source what the text is called in an error
   * @throws InvalidSettingException if the text is not YAML or not one of that type
   */
  public static <T> T read(String source, String yaml, Class<T> type) {
    return SpecMapper.bind(RunFiles.yaml(source, yaml), type);
  }
}
