package io.engram.collector;

import io.engram.events.access.CertificateAuthority;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The command {@code engram-collector certificates}: what TLS needs, from a team's own authority.
 */
@Command(
    name = "certificates",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Makes certificates and keys in PEM files, NAME.pem and NAME-key.pem, by an authority of the"
          + " folder's own, ca.pem, which is made when missing. Keep ca.p12 and ca.password where"
          + " nobody else reads them.",
      ""
    })
final class CertificatesCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "Folder of the authority and the files.")
  Path dir;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "engram",
      description = "Of whom the certificate is, and of its files (default: ${DEFAULT-VALUE}).")
  String name;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      split = ",",
      defaultValue = "localhost,127.0.0.1",
      description = "Names and addresses under which others reach it (default: ${DEFAULT-VALUE}).")
  List<String> hosts;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "365",
      description = "For how long it holds (default: ${DEFAULT-VALUE}).")
  int days;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try {
      CertificateAuthority.in(dir).issue(name, hosts, days);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    } catch (IOException e) {
      spec.commandLine().getErr().println("engram-collector: " + e.getMessage());
      return 1;
    }
    out.printf("authority    %s%n", dir.resolve("ca.pem"));
    out.printf("certificate  %s%n", dir.resolve(name + ".pem"));
    out.printf("key          %s%n", dir.resolve(name + "-key.pem"));
    out.flush();
    return 0;
  }
}
