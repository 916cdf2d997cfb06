package io.engram.trainer.spec;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns a failed binding into one line that names the key and what would be right. */
final class BindingErrors {
  private BindingErrors() {}

  static InvalidSettingException explain(JsonMappingException e, JsonNode tree) {
    String path = path(e);
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof InvalidSettingException invalid) {
        return invalid.within(path);
      }
    }
    if (e instanceof UnrecognizedPropertyException unknown) {
      return new InvalidSettingException(
          path, "unknown key; known here are " + sorted(unknown.getKnownPropertyIds()));
    }
    @Nullable Class<?> target =
        e instanceof MismatchedInputException mismatch ? mismatch.getTargetType() : null;
    if (e.getOriginalMessage().startsWith("Missing required creator property")) {
      return new InvalidSettingException(path, "is missing");
    }
    String found =
        e instanceof InvalidFormatException format ? "'" + format.getValue() + "'" : found(e, tree);
    return new InvalidSettingException(path, "is %s, must be %s".formatted(found, wanted(target)));
  }

  private static String path(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference reference : e.getPath()) {
      if (reference.getFieldName() == null) {
        path.append('[').append(reference.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(reference.getFieldName());
      }
    }
    return path.toString();
  }

  private static String found(JsonMappingException e, JsonNode tree) {
    JsonNode node = tree;
    for (JsonMappingException.Reference reference : e.getPath()) {
      node =
          reference.getFieldName() == null
              ? node.path(reference.getIndex())
              : node.path(reference.getFieldName());
    }
    return switch (node.getNodeType()) {
      case OBJECT -> "a mapping";
      case ARRAY -> "a list";
      case NULL, MISSING -> "empty";
      default -> "'" + node.asText() + "'";
    };
  }

  private static String wanted(@Nullable Class<?> target) {
    if (target == null) {
      return "something else";
    }
    if (target.isEnum()) {
      return "one of "
          + Arrays.stream(target.getEnumConstants())
              .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
              .collect(Collectors.joining(", "));
    }
    if (target == int.class || target == Integer.class || target == long.class) {
      return "a whole number";
    }
    if (target == double.class || target == Double.class) {
      return "a number";
    }
    if (target == boolean.class) {
      return "true or false";
    }
    if (target == String.class) {
      return "a text";
    }
    if (target == Schedule.class) {
      return Schedule.GRAMMAR;
    }
    if (Collection.class.isAssignableFrom(target)) {
      return "a list";
    }
    if (target.isRecord()) {
      return "a mapping with the keys "
          + Arrays.stream(target.getRecordComponents())
              .map(component -> snakeCase(component.getName()))
              .collect(Collectors.joining(", "));
    }
    return target.getSimpleName();
  }

  private static String sorted(@Nullable Collection<Object> keys) {
    return keys == null
        ? "none"
        : keys.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
  }

  private static String snakeCase(String name) {
    return List.of(name.split("(?=[A-Z])")).stream()
        .map(part -> part.toLowerCase(Locale.ROOT))
        .collect(Collectors.joining("_"));
  }
}
