package io.engram.events.cluster;

import com.hazelcast.nio.MemberSocketInterceptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Collections;
import java.util.Map;
import java.util.Properties;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/**
 * TLS between the members of a cluster: both sides show a certificate that the same authority
 * vouches for, before either says a word of Hazelcast's. Who stays silent is cut off, and one
 * address has few handshakes at a time, so that strangers do not keep members out.
 */
final class MemberTls implements MemberSocketInterceptor {
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
  private static final int AT_ONCE = 4;

  private final SSLContext context;
  private final Map<Socket, SSLEngine> engines = Collections.synchronizedMap(new WeakHashMap<>());
  private final Map<InetAddress, Integer> shaking = new ConcurrentHashMap<>();

  MemberTls(SSLContext context) {
    this.context = context;
  }

  @Override
  public void init(Properties properties) {
    // Everything is known already.
  }

  @Override
  public void onConnect(Socket socket) throws IOException {
    secure(socket, true);
  }

  @Override
  public void onAccept(Socket socket) throws IOException {
    InetAddress from = socket.getInetAddress();
    if (shaking.merge(from, 1, Integer::sum) > AT_ONCE) {
      leave(from);
      throw new IOException(from + " has " + AT_ONCE + " TLS handshakes that it does not end");
    }
    try {
      secure(socket, false);
    } finally {
      leave(from);
    }
  }

  private void leave(InetAddress from) {
    shaking.computeIfPresent(from, (address, count) -> count == 1 ? null : count - 1);
  }

  private void secure(Socket socket, boolean client) throws IOException {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(client);
    engine.setEnabledProtocols(PROTOCOLS);
    if (!client) {
      engine.setNeedClientAuth(true);
    }
    new TlsHandshake(socket, engine).complete();
    engines.put(socket, engine);
  }

  /**
   * What encrypts a socket, once.
   *
   * @throws IOException if there was no handshake
   */
  SSLEngine take(Socket socket) throws IOException {
    SSLEngine engine = engines.remove(socket);
    if (engine == null) {
      throw new IOException("a member's connection without TLS");
    }
    return engine;
  }
}
