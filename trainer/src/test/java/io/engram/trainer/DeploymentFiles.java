package io.engram.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import picocli.CommandLine;

/** The files around the code, as tests read them. */
final class DeploymentFiles {
  /** The repository, seen from a module. */
  static final Path ROOT = Path.of("..");

  /** The port that everything listens on. */
  static final String PORT =
      new CommandLine(LiveCommand.class).getCommandSpec().findOption("--port").defaultValue();

  private DeploymentFiles() {}

  /** The name that a Dockerfile's own build command gives its image. */
  static String image(String module) throws IOException {
    return find(
        "docker build -t (\\S+) -f %s/Dockerfile \\.\n".formatted(module),
        text(module + "/Dockerfile"));
  }

  /** The folder of an image that is written to. */
  static String stateFolder() throws IOException {
    return find("\nVOLUME (.*)\n", text("trainer/Dockerfile"));
  }

  /** Fails where the command line does not take the arguments. */
  static void parse(List<String> arguments) {
    Main.commandLine().parseArgs(arguments.toArray(String[]::new));
  }

  static String find(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(pattern).isTrue();
    return matcher.group(1);
  }

  static JsonNode yaml(String file) throws IOException {
    List<JsonNode> documents = documents(text(file));
    assertThat(documents).as(file).hasSize(1);
    return documents.get(0);
  }

  static List<JsonNode> documents(String yaml) throws IOException {
    try (MappingIterator<JsonNode> documents =
        new YAMLMapper().readerFor(JsonNode.class).readValues(yaml)) {
      return documents.readAll();
    }
  }

  static List<String> strings(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  static String text(String file) throws IOException {
    return Files.readString(ROOT.resolve(file));
  }
}
