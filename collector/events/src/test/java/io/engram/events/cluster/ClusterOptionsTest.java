package io.engram.events.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.config.Config;
import com.hazelcast.core.OperationTimeoutException;
import com.hazelcast.internal.serialization.Data;
import com.hazelcast.internal.serialization.SerializationService;
import com.hazelcast.internal.serialization.impl.DefaultSerializationServiceBuilder;
import com.hazelcast.spi.exception.RetryableHazelcastException;
import io.engram.events.access.TlsFiles;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.BitSet;
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
    assertThatThrownBy(() -> parse("--bus=clustered " + options).cluster(false))
        .hasMessageContaining(problem);
  }

  @Test
  void membersAreFoundByHostsOrByAService() {
    assertThat(parse("--bus=clustered").cluster(false))
        .isEqualTo(
            new ClusterOptions("127.0.0.1", 5701, 0, ClusterOptions.DEFAULT_HOSTS, null, null));
    assertThat(parse("--bus=clustered --cluster-hosts=a:1,b:2").cluster(false).hosts())
        .containsExactly("a:1", "b:2");
    assertThat(
            parse("--bus=clustered --cluster-service=engram-bus.lab.svc --bus-port=5710")
                .cluster(false))
        .isEqualTo(
            new ClusterOptions("127.0.0.1", 5701, 5710, List.of(), "engram-bus.lab.svc", null));
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
  @ValueSource(strings = {"192.0.2.1", "0.0.0.0", "no-such-host.invalid", "::"})
  void beyondThisMachineCertificatesAreNeededOrSomebodysWord(String address) {
    BusOptions options = parse("--bus=clustered --cluster-address=" + address);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> options.cluster(false))
        .withMessageContaining("beyond this machine, needs certificates (--bus-tls-cert");
    assertThat(options.cluster(true).isExposed()).isTrue();

    String file = getClass().getName() + ".java";
    ClusterOptions secured =
        new ClusterOptions(address, 5701, 0, List.of("a:1"), null, new TlsFiles(file, file, file));
    secured.check(false);
    assertThat(secured.isExposed()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1", "localhost"})
  void onThisMachineTheyAreNot(String address) {
    assertThat(parse("--bus=clustered --cluster-address=" + address).cluster(false).isExposed())
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--bus-tls-cert=a.pem | give all three, or none",
        "--bus-tls-key=a.pem --bus-ca=b.pem | give all three, or none",
        "--bus-tls-cert=no.pem --bus-tls-key=no.pem --bus-ca=no.pem | there is no file no.pem"
      })
  void certificatesAreWholeOrNone(String line) {
    String[] parts = line.split(" \\| ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse("--bus=clustered " + parts[0]).cluster(false))
        .withMessageContaining(parts[1]);
  }

  /** Objects whose reading would run code of theirs, and harmless ones, are one to the filter. */
  @Test
  void noSerializedObjectIsReadButErrors() {
    Config config = Cluster.configuration("127.0.0.1", parse("--bus=clustered").cluster(false));
    SerializationService here =
        new DefaultSerializationServiceBuilder().setConfig(config.getSerializationConfig()).build();
    for (Serializable each : List.<Serializable>of(new Gadget(), new BitSet(), Bus.EMBEDDED)) {
      Data data = here.toData(each);
      assertThatThrownBy(() -> here.toObject(data))
          .rootCause()
          .isInstanceOf(SecurityException.class);
    }
    assertThat(Gadget.read).isFalse();
    RuntimeException error = new RetryableHazelcastException("later", new IOException("why"));
    error.addSuppressed(new OperationTimeoutException("gone"));
    assertThat(here.<Throwable>toObject(here.toData(error)))
        .isInstanceOf(RetryableHazelcastException.class)
        .hasMessage("later")
        .hasRootCauseMessage("why");
    assertThat(here.<String>toObject(here.toData("a word"))).isEqualTo("a word");
  }

  @Test
  void whatIsReadAreErrors() throws Exception {
    List<String> others = new ArrayList<>();
    for (String name : SerializedErrors.classes()) {
      if (!Throwable.class.isAssignableFrom(Class.forName(name))) {
        others.add(name);
      }
    }
    assertThat(others)
        .containsExactlyInAnyOrder(
            "com.hazelcast.version.MemberVersion",
            "java.lang.StackTraceElement",
            "java.util.ArrayList",
            "java.util.Collections$EmptyList",
            "[Ljava.lang.StackTraceElement;",
            "[Ljava.lang.Throwable;");
  }

  private static final class Gadget implements Serializable {
    private static final long serialVersionUID = 1;
    private static boolean read;

    private void readObject(ObjectInputStream in) {
      read = true;
    }
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
