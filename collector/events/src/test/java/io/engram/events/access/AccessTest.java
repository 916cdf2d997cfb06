package io.engram.events.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class AccessTest {
  private static final List<AccessToken> TOKENS =
      List.of(AccessToken.of(AccessToken.generate(), Scope.ALL));

  @TempDir Path dir;

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.8.9.1", "localhost", "::1", "[::1]"})
  void theLoopbackInterfaceIsOpen(String host) {
    assertThatCode(() -> Access.OPEN.check(host)).doesNotThrowAnyException();
    assertThat(Access.OPEN.isExposed(host)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1", "no-such-host.invalid", ""})
  void beyondItTlsAndATokenAreNeededOrSomebodysWord(String host) throws Exception {
    TlsFiles tls = tls();
    for (Access access :
        List.of(
            Access.OPEN,
            new Access(tls, List.of(), true, false),
            new Access(null, TOKENS, true, false))) {
      assertThatThrownBy(() -> access.check(host))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("beyond this machine, needs");
      assertThat(access.isExposed(host)).isTrue();
    }

    Access closed = new Access(tls, TOKENS, false, false);
    assertThatCode(() -> closed.check(host)).doesNotThrowAnyException();
    assertThat(closed.isExposed(host)).isFalse();
    Access insecure = new Access(null, List.of(), false, true);
    assertThatCode(() -> insecure.check(host)).doesNotThrowAnyException();
    assertThat(insecure.isExposed(host)).isTrue();
  }

  @Test
  void aTlsFileThatIsMissingIsNamed() {
    Access access = new Access(new TlsFiles("no.pem", "no-key.pem", null), TOKENS, false, false);

    assertThatThrownBy(access::serverOptions)
        .hasMessageContaining("TLS certificate: there is no file no.pem");
  }

  @Test
  void aTokenOpensWhatItsHashIsListedFor() {
    String all = AccessToken.generate();
    String read = AccessToken.generate();
    Access access =
        new Access(
            null,
            List.of(AccessToken.of(read, Scope.READ), AccessToken.of(all, Scope.ALL)),
            false,
            false);

    assertThat(access.scopeOf(all)).isEqualTo(Scope.ALL);
    assertThat(access.scopeOf(read)).isEqualTo(Scope.READ);
    assertThat(access.scopeOf(read + " ")).isNull();
    assertThat(access.scopeOf("")).isNull();
    assertThat(Access.fromJson(access.toJson())).isEqualTo(access);
    assertThat(access.toJson().encode() + access).doesNotContain(all, read);
  }

  @Test
  void flagsFileAndEnvironmentAgreeOnWhatOpens() throws Exception {
    String mine = AccessToken.generate();
    String theirs = AccessToken.generate();
    Path file = dir.resolve("tokens");
    Files.writeString(file, "# prometheus\n\n" + AccessToken.of(mine, Scope.READ) + "\n");

    Access access =
        flags("--token-file", file.toString(), "--open-metrics")
            .access(Map.of("ENGRAM_TOKEN", theirs));

    assertThat(access.scopeOf(mine)).isEqualTo(Scope.READ);
    assertThat(access.scopeOf(theirs)).isEqualTo(Scope.ALL);
    assertThat(access.openMetrics()).isTrue();
    assertThat(access.tls()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sha256:abc all        | line 2: a token's hash must be sha256: and 64 hexadecimal digits",
        "secret                | line 2: must be 'sha256:<hash> read' or 'sha256:<hash> all'",
        "sha256:HASH write     | line 2: scope 'write': use read or all",
        "# nothing             | holds no token: add one with 'engram-collector token'"
      })
  void aBadTokenFileIsNamedWithItsLine(String line, String problem) throws Exception {
    Path file = dir.resolve("tokens");
    Files.writeString(file, "# tokens\n" + line.replace("HASH", "0".repeat(64)) + "\n");

    assertThatThrownBy(() -> flags("--token-file", file.toString()).access(Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("token file " + file)
        .hasMessageContaining(problem);
  }

  @Test
  void whatContradictsItselfIsRefused() {
    assertThatThrownBy(() -> flags("--tls-cert", "a.pem").access(Map.of()))
        .hasMessageContaining("give both");
    assertThatThrownBy(() -> flags("--tls-client-ca", "a.pem").access(Map.of()))
        .hasMessageContaining("needs --tls-cert");
    assertThatThrownBy(() -> flags().access(Map.of("ENGRAM_TOKEN", "secret")))
        .hasMessageContaining("environment variable ENGRAM_TOKEN: a token must be at least 32");
    assertThatThrownBy(() -> flags("--token-file", dir.resolve("no").toString()).access(Map.of()))
        .hasMessageContaining("cannot be read");
  }

  private TlsFiles tls() throws Exception {
    Path certificate = Files.writeString(dir.resolve("a.pem"), "");
    return new TlsFiles(certificate.toString(), certificate.toString(), null);
  }

  private static AccessFlags flags(String... arguments) {
    AccessFlags flags = new AccessFlags();
    new CommandLine(
            CommandLine.Model.CommandSpec.create()
                .addMixin("access", CommandLine.Model.CommandSpec.forAnnotatedObject(flags)))
        .parseArgs(arguments);
    return flags;
  }
}
