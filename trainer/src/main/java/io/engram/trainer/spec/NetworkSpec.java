package io.engram.trainer.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * An architecture by name.
 *
 * @param name a named network ({@code mlp-a}, {@code arpit-cnn}, …) or a free one ({@code
 *     mlp:784-256-16-2}, inputs first, classes last)
 * @param width filters or units of networks that have a width parameter; their default if absent
 */
public record NetworkSpec(@JsonProperty(required = true) String name, @Nullable Integer width) {
  @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
  public NetworkSpec {
    if (width != null) {
      Settings.atLeast("width", width, 1);
    }
  }

  /** The short form of a run file: the name alone. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static NetworkSpec of(String name) {
    return new NetworkSpec(name, null);
  }
}
