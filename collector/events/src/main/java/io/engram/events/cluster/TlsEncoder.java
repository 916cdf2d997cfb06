package io.engram.events.cluster;

import com.hazelcast.internal.networking.HandlerStatus;
import com.hazelcast.internal.networking.OutboundHandler;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;

/** Encrypts what is said to a member, after all other handlers. */
final class TlsEncoder extends OutboundHandler<ByteBuffer, ByteBuffer> {
  private static final int RECORDS = 4;

  private final SSLEngine engine;

  TlsEncoder(SSLEngine engine) {
    this.engine = engine;
  }

  @Override
  public void handlerAdded() {
    initDstBuffer(RECORDS * engine.getSession().getPacketBufferSize());
  }

  @Override
  public HandlerStatus onWrite() throws IOException {
    dst.compact();
    try {
      while (src.hasRemaining() || engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
        SSLEngineResult result = engine.wrap(src, dst);
        if (result.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
          Tls.runTasks(engine);
        }
        switch (result.getStatus()) {
          case OK -> {
            if (result.bytesConsumed() + result.bytesProduced() == 0) {
              return HandlerStatus.DIRTY;
            }
          }
          case BUFFER_OVERFLOW -> {
            return HandlerStatus.DIRTY;
          }
          default -> throw new IOException("TLS with the other member is over");
        }
      }
      return HandlerStatus.CLEAN;
    } finally {
      dst.flip();
    }
  }
}
