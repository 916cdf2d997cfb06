package io.engram.events.cluster;

import com.hazelcast.internal.networking.HandlerStatus;
import com.hazelcast.internal.networking.InboundHandler;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;

/** Decrypts what a member says, for the handler behind, whose buffer may be smaller. */
final class TlsDecoder extends InboundHandler<ByteBuffer, ByteBuffer> {
  private static final int RECORDS = 4;

  private final SSLEngine engine;
  private final ByteBuffer plain;

  TlsDecoder(SSLEngine engine) {
    this.engine = engine;
    this.plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize()).flip();
  }

  @Override
  public void handlerAdded() {
    initSrcBuffer(RECORDS * engine.getSession().getPacketBufferSize());
  }

  @Override
  public HandlerStatus onRead() throws IOException {
    src.flip();
    try {
      do {
        pass();
        if (plain.hasRemaining()) {
          return HandlerStatus.DIRTY;
        }
      } while (decrypt());
      return HandlerStatus.CLEAN;
    } finally {
      src.compact();
    }
  }

  private void pass() {
    int count = Math.min(plain.remaining(), dst.remaining());
    dst.put(plain.slice(plain.position(), count));
    plain.position(plain.position() + count);
  }

  /** Whether there was a whole record. */
  private boolean decrypt() throws IOException {
    plain.clear();
    try {
      SSLEngineResult result = engine.unwrap(src, plain);
      if (result.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
        Tls.runTasks(engine);
      }
      if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
        channel.outboundPipeline().wakeup();
      }
      return switch (result.getStatus()) {
        case OK -> result.bytesConsumed() > 0;
        case BUFFER_UNDERFLOW -> false;
        case CLOSED -> throw new EOFException("the other member has closed");
        case BUFFER_OVERFLOW -> throw new IOException("a TLS record longer than TLS allows");
      };
    } finally {
      plain.flip();
    }
  }
}
