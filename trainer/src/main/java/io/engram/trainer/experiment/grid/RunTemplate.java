package io.engram.trainer.experiment.grid;

import com.fasterxml.jackson.databind.JsonNode;
import io.engram.trainer.spec.RunFiles;
import io.engram.trainer.spec.RunSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A run as a grid puts it together: settings over settings, the later ones win. */
public final class RunTemplate {
  private final JsonNode base;
  private final List<String> settings;

  /**
   * @param base what the run has, as in a run file; or the name of a shipped run, or the path of a
   *     run file
   */
  public RunTemplate(JsonNode base) {
    this(base, List.of());
  }

  private RunTemplate(JsonNode base, List<String> settings) {
    this.base = base;
    this.settings = settings;
  }

  /** With settings as in a run file over it; null for none. */
  public RunTemplate with(@Nullable JsonNode more) {
    List<String> all = new ArrayList<>(settings);
    flatten("", more, all);
    return new RunTemplate(base, List.copyOf(all));
  }

  /** With a setting {@code key=value} over it. */
  public RunTemplate with(String setting) {
    List<String> all = new ArrayList<>(settings);
    all.add(setting);
    return new RunTemplate(base, List.copyOf(all));
  }

  /**
   * The run.
   *
   * @param name its id where nothing gives one
   * @throws io.engram.trainer.spec.InvalidSettingException if it cannot be
   */
  public RunSpec run(String name) {
    return base.isTextual()
        ? RunFiles.read(base.asText(), settings)
        : RunFiles.parse(name, base.toString(), settings);
  }

  private static void flatten(String path, @Nullable JsonNode node, List<String> settings) {
    if (node == null) {
      return;
    }
    if (!node.isObject()) {
      settings.add(path + "=" + node);
      return;
    }
    node.properties()
        .forEach(
            child ->
                flatten(
                    path.isEmpty() ? child.getKey() : path + "." + child.getKey(),
                    child.getValue(),
                    settings));
  }
}
