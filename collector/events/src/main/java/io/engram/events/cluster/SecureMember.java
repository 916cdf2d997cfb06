package io.engram.events.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.SocketInterceptorConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.EndpointQualifier;
import com.hazelcast.instance.impl.DefaultNodeContext;
import com.hazelcast.instance.impl.DefaultNodeExtension;
import com.hazelcast.instance.impl.HazelcastInstanceFactory;
import com.hazelcast.instance.impl.Node;
import com.hazelcast.instance.impl.NodeExtension;
import com.hazelcast.internal.networking.ChannelInitializer;
import com.hazelcast.internal.server.ServerContext;
import com.hazelcast.nio.MemberSocketInterceptor;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/** Makes members that speak TLS with each other: Hazelcast's own is for its paid edition. */
final class SecureMember {
  private SecureMember() {}

  /** Joins, or begins a cluster; blocks for some seconds. */
  static HazelcastInstance start(Config config, SSLContext context) {
    config
        .getNetworkConfig()
        .setSocketInterceptorConfig(
            new SocketInterceptorConfig().setEnabled(true).setClassName(MemberTls.class.getName()));
    return HazelcastInstanceFactory.newHazelcastInstance(
        config, HazelcastInstanceFactory.createInstanceName(config), new Context(context));
  }

  private static final class Context extends DefaultNodeContext {
    private final SSLContext context;

    Context(SSLContext context) {
      this.context = context;
    }

    @Override
    public NodeExtension createNodeExtension(Node node) {
      return new Extension(node, new MemberTls(context));
    }
  }

  private static final class Extension extends DefaultNodeExtension {
    private final MemberTls tls;

    Extension(Node node, MemberTls tls) {
      super(node);
      this.tls = tls;
    }

    @Override
    public MemberSocketInterceptor getSocketInterceptor(EndpointQualifier endpoint) {
      return tls;
    }

    @Override
    public Function<EndpointQualifier, ChannelInitializer> createChannelInitializerFn(
        ServerContext server) {
      return super.createChannelInitializerFn(server).andThen(this::secure);
    }

    private ChannelInitializer secure(ChannelInitializer plain) {
      return channel -> {
        SSLEngine engine = tls.take(channel.socket());
        channel.inboundPipeline().addLast(new TlsDecoder(engine));
        plain.initChannel(channel);
        channel.outboundPipeline().addLast(new TlsEncoder(engine));
      };
    }
  }
}
