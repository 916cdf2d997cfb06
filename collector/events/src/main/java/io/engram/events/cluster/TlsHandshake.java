package io.engram.events.cluster;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/** A TLS handshake over a socket that blocks; not a byte beyond it is read. */
final class TlsHandshake {
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final int HEADER = 5;
  private static final int LONGEST = 16_384 + 2_048;
  private static final int FIRST_TYPE = 20;
  private static final int LAST_TYPE = 23;
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Socket socket;
  private final SSLEngine engine;
  private final ByteBuffer out;
  private final ByteBuffer plain;
  private final long end = System.nanoTime() + LIMIT_NANOS;
  private ByteBuffer in = NOTHING.duplicate();

  TlsHandshake(Socket socket, SSLEngine engine) {
    this.socket = socket;
    this.engine = engine;
    this.out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    this.plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
  }

  /**
   * @throws IOException if it does not come about within 5 s
   */
  void complete() throws IOException {
    engine.beginHandshake();
    try {
      while (!step()) {
        continue;
      }
    } catch (SSLException e) {
      sayWhy();
      throw e;
    }
    socket.setSoTimeout(0);
  }

  /** Whether it is over. */
  private boolean step() throws IOException {
    switch (engine.getHandshakeStatus()) {
      case NEED_TASK -> Tls.runTasks(engine);
      case NEED_WRAP -> write();
      case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> read();
      default -> {
        return true;
      }
    }
    return false;
  }

  private void write() throws IOException {
    out.clear();
    engine.wrap(NOTHING.duplicate(), out);
    socket.getOutputStream().write(out.array(), 0, out.position());
  }

  private void read() throws IOException {
    if (!in.hasRemaining()) {
      in = record();
    }
    plain.clear();
    SSLEngineResult result = engine.unwrap(in, plain);
    if (result.bytesProduced() > 0 || result.getStatus() != SSLEngineResult.Status.OK) {
      throw new SSLHandshakeException("the other side does not shake hands");
    }
  }

  private ByteBuffer record() throws IOException {
    byte[] header = new byte[HEADER];
    fill(header, 0);
    int length = Short.toUnsignedInt(ByteBuffer.wrap(header).getShort(HEADER - 2));
    if (header[0] < FIRST_TYPE || header[0] > LAST_TYPE || length > LONGEST) {
      throw new SSLHandshakeException("the other side does not speak TLS");
    }
    byte[] record = new byte[HEADER + length];
    System.arraycopy(header, 0, record, 0, HEADER);
    fill(record, HEADER);
    return ByteBuffer.wrap(record);
  }

  private void fill(byte[] bytes, int from) throws IOException {
    InputStream input = socket.getInputStream();
    int at = from;
    while (at < bytes.length) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        throw new SocketTimeoutException("no TLS handshake within 5 s");
      }
      socket.setSoTimeout((int) left);
      int count = input.read(bytes, at, bytes.length - at);
      if (count < 0) {
        throw new EOFException("the other side ended the TLS handshake");
      }
      at += count;
    }
  }

  /** Lets the other side know, where it still listens. */
  private void sayWhy() {
    try {
      while (engine.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NEED_WRAP) {
        write();
      }
    } catch (IOException e) {
      // It does not.
    }
  }
}
