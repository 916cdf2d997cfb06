package io.engram.events.cluster;

import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.spi.cluster.NodeInfo;
import io.vertx.core.spi.cluster.RegistrationInfo;
import io.vertx.core.spi.cluster.RegistrationListener;
import io.vertx.core.spi.cluster.RegistrationUpdateEvent;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Keeps true what a member knows of who listens where. Vert.x looks an address up once and then
 * relies on being told of changes; when a member was frozen or cut off and the clusters become one
 * again, the change may be told to nobody, and the registration of a member that died meanwhile may
 * come back. So registrations of who is no member are left out here; all addresses in use are
 * looked up again, and own registrations that were lost are made again, when members change and
 * every few seconds. Costs a request for each such address, one after the other.
 */
class TrueRegistrations extends HazelcastClusterManager {
  private static final long AGAIN_MILLIS = 3_000;

  private final Set<String> sentTo = ConcurrentHashMap.newKeySet();
  private final Map<Own, Boolean> own = new ConcurrentHashMap<>();
  private final AtomicBoolean checking = new AtomicBoolean();
  private @Nullable Vertx vertx;
  private RegistrationListener listener = new RegistrationListener() {};

  private record Own(String address, RegistrationInfo registration) {}

  TrueRegistrations(Config config) {
    super(config);
  }

  /**
   * @param member whom somebody else ends
   */
  TrueRegistrations(HazelcastInstance member) {
    super(member);
  }

  @Override
  public void init(Vertx vertx) {
    this.vertx = vertx;
    super.init(vertx);
  }

  @Override
  public void registrationListener(RegistrationListener told) {
    listener = told;
    super.registrationListener(
        new RegistrationListener() {
          @Override
          public void registrationsUpdated(RegistrationUpdateEvent event) {
            tell(event.address(), event.registrations());
          }

          @Override
          public void registrationsLost() {
            told.registrationsLost();
            check();
          }

          @Override
          public boolean wantsUpdatesFor(String address) {
            return told.wantsUpdatesFor(address);
          }
        });
  }

  @Override
  public void join(Completable<Void> promise) {
    Promise<Void> joined = Promise.promise();
    joined
        .future()
        .onSuccess(
            in -> {
              if (vertx != null) {
                vertx.setPeriodic(AGAIN_MILLIS, timer -> check());
              }
            })
        .onComplete(promise);
    super.join(joined);
  }

  @Override
  public void memberAdded(MembershipEvent event) {
    super.memberAdded(event);
    check();
  }

  @Override
  public void memberRemoved(MembershipEvent event) {
    super.memberRemoved(event);
    check();
  }

  @Override
  public void stateChanged(LifecycleEvent event) {
    super.stateChanged(event);
    check();
  }

  @Override
  public void getRegistrations(String address, Completable<List<RegistrationInfo>> promise) {
    sentTo.add(address);
    registered(address).map(this::ofMembers).onComplete(promise);
  }

  @Override
  public void addRegistration(
      String address, RegistrationInfo registration, Completable<Void> promise) {
    if (!registration.localOnly()) {
      own.put(new Own(address, registration), true);
    }
    super.addRegistration(address, registration, promise);
  }

  @Override
  public void removeRegistration(
      String address, RegistrationInfo registration, Completable<Void> promise) {
    own.remove(new Own(address, registration));
    super.removeRegistration(address, registration, promise);
  }

  private void check() {
    if (!isActive() || getNodeInfo() == null || !checking.compareAndSet(false, true)) {
      return;
    }
    Future<?> checked = known();
    for (Own one : own.keySet()) {
      checked = checked.eventually(() -> makeAgain(one));
    }
    for (String address : sentTo) {
      checked = checked.eventually(() -> lookUp(address));
    }
    checked.onComplete(done -> checking.set(false));
  }

  /** Where this member is to be reached. */
  private Future<?> known() {
    Promise<NodeInfo> found = Promise.promise();
    getNodeInfo(getNodeId(), found);
    return found
        .future()
        .recover(
            unknown -> {
              Promise<Void> set = Promise.promise();
              setNodeInfo(getNodeInfo(), set);
              return set.future().mapEmpty();
            });
  }

  private Future<?> makeAgain(Own one) {
    return registered(one.address())
        .compose(
            there -> {
              if (there.contains(one.registration()) || !own.containsKey(one)) {
                return Future.succeededFuture();
              }
              Promise<Void> made = Promise.promise();
              super.addRegistration(one.address(), one.registration(), made);
              return made.future();
            })
        .onSuccess(
            made -> {
              if (!own.containsKey(one)) {
                super.removeRegistration(one.address(), one.registration(), Promise.promise());
              }
            });
  }

  private Future<?> lookUp(String address) {
    if (!listener.wantsUpdatesFor(address)) {
      sentTo.remove(address);
      return Future.succeededFuture();
    }
    return registered(address).onSuccess(found -> tell(address, found));
  }

  private Future<List<RegistrationInfo>> registered(String address) {
    Promise<List<RegistrationInfo>> found = Promise.promise();
    super.getRegistrations(address, found);
    return found.future();
  }

  private void tell(String address, List<RegistrationInfo> found) {
    listener.registrationsUpdated(new RegistrationUpdateEvent(address, ofMembers(found)));
  }

  private List<RegistrationInfo> ofMembers(List<RegistrationInfo> found) {
    Set<String> members = new HashSet<>(getNodes());
    return found.stream().filter(one -> members.contains(one.nodeId())).toList();
  }
}
