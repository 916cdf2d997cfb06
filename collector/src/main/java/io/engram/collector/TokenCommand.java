package io.engram.collector;

import io.engram.events.access.AccessToken;
import io.engram.events.access.Scope;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code engram-collector token}: a login for a person, a program or Prometheus. */
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Makes a token and prints it, this once. Its hash goes to a token file, for --token-file; a"
          + " collector reads that when it starts.",
      ""
    })
final class TokenCommand implements Callable<Integer> {
  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      defaultValue = "all",
      description =
          "read looks at everything, all commands runs and sends events, too (default:"
              + " ${DEFAULT-VALUE}).")
  Scope scope;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "Token file that the hash is added to, made when missing.")
  @Nullable Path file;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    String token = AccessToken.generate();
    String line = AccessToken.of(token, scope).toString();
    PrintWriter out = spec.commandLine().getOut();
    if (file == null) {
      out.println("token  " + token);
      out.println("hash   " + line);
    } else {
      Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      out.println(token);
    }
    out.flush();
    return 0;
  }
}
