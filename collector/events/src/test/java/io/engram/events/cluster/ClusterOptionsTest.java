package io.engram.events.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.VertxOptions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

final class ClusterOptionsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "' '       | 5701  | a:1  | cluster address is empty",
        "127.0.0.1 | 0     | a:1  | cluster port 0: use 1 to 65535",
        "127.0.0.1 | 65536 | a:1  | cluster port 65536: use 1 to 65535",
        "127.0.0.1 | 5701  | here | cluster host 'here': use host:port, as in 127.0.0.1:5701"
      })
  void saysWhatWouldBeRight(String address, int port, String host, String problem) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ClusterOptions.ofHosts(address, port, List.of(host)))
        .withMessageStartingWith(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--cluster-hosts=a:1 --cluster-service=b | --cluster-hosts=HOST:PORT, --cluster-service=NAME are mutually",
        "--cluster-service=a,b                   | cluster service 'a,b': use a DNS name, as in engram-bus",
        "--cluster-hosts=a                       | cluster host 'a': use host:port",
        "--bus-port=70000                        | bus port 70000: use 1 to 65535, or 0",
        "--cluster-port=7000 --bus-port=7000     | bus port 7000 is the cluster port, too: use another"
      })
  void saysWhichOptionsWouldBeRight(String options, String problem) {
    assertThatThrownBy(() -> parse("--bus=clustered " + options).cluster())
        .hasMessageContaining(problem);
  }

  @Test
  void membersAreFoundByHostsOrByAService() {
    assertThat(parse("--bus=clustered").cluster())
        .isEqualTo(new ClusterOptions("127.0.0.1", 5701, 0, ClusterOptions.DEFAULT_HOSTS, null));
    assertThat(parse("--bus=clustered --cluster-hosts=a:1,b:2").cluster().hosts())
        .containsExactly("a:1", "b:2");
    assertThat(
            parse("--bus=clustered --cluster-service=engram-bus.lab.svc --bus-port=5710").cluster())
        .isEqualTo(new ClusterOptions("127.0.0.1", 5701, 5710, List.of(), "engram-bus.lab.svc"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--cluster-service=a", "--cluster-address=::1", "--bus-port=1"})
  void optionsOfAClusterAreNotIgnored(String option) {
    BusOptions options = parse(option);
    assertThatIllegalArgumentException().isThrownBy(options::refuseIdleOptions);
  }

  private static BusOptions parse(String options) {
    @Command
    final class Program {
      @Mixin BusOptions bus;
    }
    Program program = new Program();
    new CommandLine(program)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(options.split(" "));
    return program.bus;
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "no-such-host.invalid"})
  void theOwnAddressIsOneThatOthersReach(String address) {
    ClusterOptions options = ClusterOptions.ofHosts(address, 5701, List.of("127.0.0.1:5701"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cluster.join(new VertxOptions(), options))
        .withMessageContaining(address);
  }
}
