package io.engram.events.access;

import java.util.Locale;

/** What a token opens. */
public enum Scope {
  /** Everything that can be looked at; nothing is changed. */
  READ,
  /** All: reading, commands to runs, events and alerts from outside. */
  ALL;

  /** As it is written in a token file. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException if there is no such scope, naming those there are
   */
  public static Scope of(String name) {
    for (Scope scope : values()) {
      if (scope.toString().equals(name)) {
        return scope;
      }
    }
    throw new IllegalArgumentException("scope '%s': use read or all".formatted(name));
  }
}
