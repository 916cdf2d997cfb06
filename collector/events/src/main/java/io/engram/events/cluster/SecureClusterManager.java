package io.engram.events.cluster;

import com.hazelcast.core.HazelcastInstance;
import io.vertx.core.Completable;

/** Ends the member that it was given, which a manager otherwise leaves to others. */
final class SecureClusterManager extends TrueRegistrations {
  private final HazelcastInstance member;

  SecureClusterManager(HazelcastInstance member) {
    super(member);
    this.member = member;
  }

  @Override
  public void leave(Completable<Void> completable) {
    super.leave(
        (nothing, failure) -> {
          Thread ending =
              new Thread(
                  () -> {
                    member.shutdown();
                    completable.complete(nothing, failure);
                  },
                  "engram-leave");
          ending.setDaemon(true);
          ending.start();
        });
  }
}
