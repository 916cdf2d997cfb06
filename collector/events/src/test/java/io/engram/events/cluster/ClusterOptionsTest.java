package io.engram.events.cluster;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vertx.core.VertxOptions;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        .isThrownBy(() -> new ClusterOptions(address, port, List.of(host)))
        .withMessageStartingWith(problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "no-such-host.invalid"})
  void theOwnAddressIsOneThatOthersReach(String address) {
    ClusterOptions options = new ClusterOptions(address, 5701, List.of("127.0.0.1:5701"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cluster.join(new VertxOptions(), options))
        .withMessageContaining(address);
  }
}
