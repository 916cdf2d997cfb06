package io.engram.events.cluster;

import java.util.ArrayList;
import java.util.List;

/**
 * The serialized Java objects that Hazelcast reads: members tell each other of errors, the
 * retryable ones of everyday included, as serialized exceptions. Everything else that they and
 * Vert.x say has formats of its own.
 */
final class SerializedErrors {
  private static final List<String> HAZELCAST =
      List.of(
          "core.ConsistencyLostException",
          "core.HazelcastException",
          "core.HazelcastInstanceNotActiveException",
          "core.HazelcastOverloadException",
          "core.IndeterminateOperationStateException",
          "core.LocalMemberResetException",
          "core.MemberLeftException",
          "core.OperationTimeoutException",
          "core.RuntimeInterruptedException",
          "internal.cluster.impl.ClusterTopologyChangedException",
          "internal.cluster.impl.ConfigMismatchException",
          "internal.cluster.impl.VersionMismatchException",
          "internal.partition.PartitionStateVersionMismatchException",
          "internal.server.tcp.ProtocolException",
          "nio.serialization.HazelcastSerializationException",
          "partition.NoDataMemberInClusterException",
          "spi.exception.CallerNotMemberException",
          "spi.exception.DistributedObjectDestroyedException",
          "spi.exception.PartitionMigratingException",
          "spi.exception.ResponseAlreadySentException",
          "spi.exception.RetryableHazelcastException",
          "spi.exception.RetryableIOException",
          "spi.exception.ServiceNotFoundException",
          "spi.exception.TargetDisconnectedException",
          "spi.exception.TargetNotMemberException",
          "spi.exception.WrongTargetException",
          "splitbrainprotection.SplitBrainProtectionException",
          "version.MemberVersion");

  private static final List<String> JAVA =
      List.of(
          "io.EOFException",
          "io.IOException",
          "lang.ArrayIndexOutOfBoundsException",
          "lang.AssertionError",
          "lang.ClassCastException",
          "lang.ClassNotFoundException",
          "lang.Error",
          "lang.Exception",
          "lang.IllegalArgumentException",
          "lang.IllegalMonitorStateException",
          "lang.IllegalStateException",
          "lang.IndexOutOfBoundsException",
          "lang.InterruptedException",
          "lang.NoClassDefFoundError",
          "lang.NullPointerException",
          "lang.OutOfMemoryError",
          "lang.ReflectiveOperationException",
          "lang.RuntimeException",
          "lang.SecurityException",
          "lang.StackTraceElement",
          "lang.Throwable",
          "lang.UnsupportedOperationException",
          "lang.VirtualMachineError",
          "nio.channels.ClosedChannelException",
          "util.ArrayList",
          "util.Collections$EmptyList",
          "util.ConcurrentModificationException",
          "util.NoSuchElementException",
          "util.concurrent.CancellationException",
          "util.concurrent.CompletionException",
          "util.concurrent.ExecutionException",
          "util.concurrent.RejectedExecutionException",
          "util.concurrent.TimeoutException");

  private SerializedErrors() {}

  /** Names of classes. */
  static String[] classes() {
    List<String> names = new ArrayList<>();
    HAZELCAST.forEach(name -> names.add("com.hazelcast." + name));
    JAVA.forEach(name -> names.add("java." + name));
    names.add("[Ljava.lang.StackTraceElement;");
    names.add("[Ljava.lang.Throwable;");
    return names.toArray(String[]::new);
  }
}
