package io.engram.trainer.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a started system listens on, by the kernel's own tables: loopback, and nothing else. */
@Timeout(300)
class PortScanTest {
  private static final String LISTENING = "0A";
  private static final Path PROCESSES = Path.of("/proc");

  @TempDir Path folder;

  @Test
  void byDefaultTheLoopbackAloneIsListenedOn() throws Exception {
    assumeThat(PROCESSES.resolve("self/net/tcp")).as("Linux").exists();
    int port = Ports.free();
    String hosts = "127.0.0.1:%d".formatted(port);
    try (TrainerProcess embedded =
            TrainerProcess.start(
                dir("embedded"), "train", "live-clean", "--set", "training.epochs=1");
        TrainerProcess collector =
            TrainerProcess.startCollector(
                dir("collector"),
                "--bus=clustered",
                "--cluster-hosts=" + hosts,
                "--cluster-port=" + port)) {
      List<InetSocketAddress> one = listened(embedded.pid());
      List<InetSocketAddress> two = listened(collector.pid());

      assertThat(one).anySatisfy(at -> assertThat(at.getPort()).isEqualTo(embedded.port()));
      assertThat(two)
          .as("page, members, messages")
          .hasSizeGreaterThanOrEqualTo(3)
          .anySatisfy(at -> assertThat(at.getPort()).isEqualTo(port));
      List<InetSocketAddress> all = new ArrayList<>(one);
      all.addAll(two);
      assertThat(all).allSatisfy(at -> assertThat(at.getAddress().isLoopbackAddress()).isTrue());
      assertNothingAnswersElsewhere(all);
    }
  }

  /** Connects to the same ports at the machine's other addresses. */
  private static void assertNothingAnswersElsewhere(List<InetSocketAddress> listened)
      throws SocketException {
    for (InetAddress address :
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(each -> !each.isLoopbackAddress() && !each.isLinkLocalAddress())
            .toList()) {
      for (InetSocketAddress at : listened) {
        assertThat(isOpen(new InetSocketAddress(address, at.getPort())))
            .as("%s port %d", address, at.getPort())
            .isFalse();
      }
    }
  }

  private static boolean isOpen(InetSocketAddress at) {
    try (Socket socket = new Socket()) {
      socket.connect(at, (int) Duration.ofSeconds(20).toMillis());
      return true;
    } catch (ConnectException e) {
      return false;
    } catch (IOException e) {
      throw new AssertionError(at + " does not refuse", e);
    }
  }

  /** Where a process listens: its open sockets, looked up in the tables of its network. */
  private static List<InetSocketAddress> listened(long pid) throws IOException {
    Path process = PROCESSES.resolve(Long.toString(pid));
    Set<String> sockets;
    try (Stream<Path> open = Files.list(process.resolve("fd"))) {
      sockets = open.map(PortScanTest::target).collect(Collectors.toSet());
    }
    List<InetSocketAddress> found = new ArrayList<>();
    for (String table : List.of("net/tcp", "net/tcp6")) {
      if (Files.exists(process.resolve(table))) {
        for (String line : Files.readAllLines(process.resolve(table))) {
          String[] fields = line.strip().split("\\s+");
          if (fields[3].equals(LISTENING) && sockets.contains("socket:[" + fields[9] + "]")) {
            found.add(address(fields[1]));
          }
        }
      }
    }
    return found;
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return ""; // It was closed meanwhile.
    }
  }

  /** Words of four bytes in the machine's order, a colon, the port. */
  private static InetSocketAddress address(String hex) throws IOException {
    int colon = hex.indexOf(':');
    ByteBuffer words = ByteBuffer.wrap(HexFormat.of().parseHex(hex.substring(0, colon)));
    ByteBuffer bytes = ByteBuffer.allocate(words.remaining());
    words.order(ByteOrder.nativeOrder());
    while (words.hasRemaining()) {
      bytes.putInt(words.getInt());
    }
    return new InetSocketAddress(
        InetAddress.getByAddress(bytes.array()), Integer.parseInt(hex.substring(colon + 1), 16));
  }

  private Path dir(String name) throws IOException {
    return Files.createDirectories(folder.resolve(name));
  }
}
