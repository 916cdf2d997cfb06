package io.engram.events.delivery;

import io.engram.events.delivery.Said.Answer;
import io.engram.events.delivery.Said.Parcel;
import io.engram.events.delivery.Said.Stretch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A trainer: queue, spool on a disk, outbox; trains, checkpoints, dies and resumes. */
final class SimulatedTrainer {
  private static final int QUEUE = 6;
  private static final int QUOTA = 24;
  private static final int SEGMENT = 3;
  private static final int MOST_SEQUENCE = 60;

  private final SplittableRandom random;
  private final Network network;
  private final Witness witness;
  private final Broken broken;
  private final boolean tight;
  private final SpoolQuota quota;

  // on the disk
  private final List<Said> spool = new ArrayList<>();
  private int durable;
  private int checkpoint = -1;
  private int lastIncarnation = -1;

  private final Map<Said, SpoolPlace> places = new HashMap<>();
  private final long[] ends = new long[2];
  private final long[] forced = new long[2];

  // in memory
  private final Deque<Said> queue = new ArrayDeque<>();
  private Outbox<Stretch> outbox = new Outbox<>(3);
  private final List<Shipment<Stretch>> unanswered = new ArrayList<>();
  private int read;
  private final List<Said> underWay = new ArrayList<>();
  private boolean alive;
  private int incarnation = -1;
  private int sequence;
  private int step;
  private int saving = -1;
  private int savedAt;

  SimulatedTrainer(
      SplittableRandom random, Network network, Witness witness, Broken broken, boolean tight) {
    this.random = random;
    this.network = network;
    this.witness = witness;
    this.broken = broken;
    this.tight = tight;
    this.quota = new SpoolQuota(tight ? 8 : QUOTA);
  }

  boolean isAlive() {
    return alive;
  }

  int step() {
    return step;
  }

  int incarnations() {
    return incarnation + 1;
  }

  void start() {
    int earlier = lastIncarnation;
    for (Said event : spool) {
      earlier = Math.max(earlier, event.incarnation());
    }
    boolean clockWentBack = broken == Broken.INCARNATION_BY_THE_CLOCK && random.nextBoolean();
    incarnation = clockWentBack ? Math.max(0, earlier) : earlier + 1;
    lastIncarnation = incarnation;
    alive = true;
    sequence = 0;
    step = Math.max(0, checkpoint);
    emit('H', checkpoint);
  }

  /** One step: its figures, and sometimes what it saw of examples. */
  void train() {
    if (saving >= 0 || sequence > MOST_SEQUENCE) {
      return;
    }
    step++;
    emit('S', step);
    if (random.nextInt(3) == 0) {
      emit('E', step);
    }
  }

  /** Writes a checkpoint, which counts once the event that tells of it is in the spool for good. */
  void save() {
    if (saving >= 0 || sequence > MOST_SEQUENCE) {
      return;
    }
    savedAt = step;
    saving = sequence;
    if (!emit('C', step)) {
      saving = -1;
    } else if (broken == Broken.CHECKPOINT_WITHOUT_BARRIER) {
      checkpoint = savedAt;
      saving = -1;
    }
  }

  private boolean emit(char kind, int at) {
    Said event = new Said(kind, incarnation, sequence++, at);
    witness.emitted(event);
    if (queue.size() == QUEUE) {
      witness.dropped(event, "queue_full");
      return false;
    }
    queue.add(event);
    return true;
  }

  /** The spool's thread takes an event from the queue. */
  void pump(boolean diskFails) {
    Said event = queue.peek();
    if (event == null) {
      return;
    }
    while (true) {
      long evictable = spool.stream().filter(Said::isEvictable).count();
      SpoolQuota.Step next = quota.before(1, spool.size() - evictable, evictable);
      if (next != SpoolQuota.Step.EVICT) {
        queue.remove();
        if (next == SpoolQuota.Step.DROP || diskFails) {
          witness.dropped(event, diskFails ? "disk" : "spool_full");
          if (event.sequence() == saving) {
            saving = -1;
          }
        } else {
          append(event);
        }
        return;
      }
      evict();
    }
  }

  /** What follows a header is appended when the header is on the disk. */
  private void append(Said event) {
    int lane = lane(event);
    places.put(event, new SpoolPlace(ends[lane]++, ends[1 - lane], forced[lane]));
    spool.add(event);
    if (event.kind() == 'H') {
      force();
    }
  }

  /** The oldest observations of examples go; those that have left already are not counted. */
  private void evict() {
    int evicted = 0;
    for (int i = 0; i < spool.size() && evicted < SEGMENT; i++) {
      if (spool.get(i).isEvictable()) {
        boolean unread = i >= read;
        if (unread && broken != Broken.EVICT_WITHOUT_COUNTING) {
          witness.dropped(spool.get(i), "evicted");
        }
        remove(i);
        i--;
        evicted++;
      }
    }
  }

  private void remove(int i) {
    spool.remove(i);
    read -= i < read ? 1 : 0;
    durable -= i < durable ? 1 : 0;
  }

  void force() {
    durable = spool.size();
    forced[0] = ends[0];
    forced[1] = ends[1];
    if (saving >= 0 && queue.stream().noneMatch(event -> event.sequence() == saving)) {
      checkpoint = savedAt;
      saving = -1;
    }
  }

  /** Fills the window from the spool, and lets one batch leave. */
  void send() {
    if (read < spool.size()) {
      Said first = spool.get(read);
      boolean accepted =
          outbox.accepts(first.incarnation())
              || (broken == Broken.OVERLAP_INCARNATIONS && outbox.held() < 3);
      if (accepted) {
        fill(first);
      }
    }
    outbox
        .next()
        .ifPresent(
            shipment -> {
              unanswered.add(shipment);
              network.send(new Parcel(shipment));
            });
  }

  private void fill(Said first) {
    List<Said> batch = new ArrayList<>();
    int most = 1 + random.nextInt(4);
    while (batch.size() < most && read < spool.size()) {
      Said next = spool.get(read);
      if (next.incarnation() != first.incarnation()) {
        break;
      }
      batch.add(next);
      underWay.add(next);
      read++;
    }
    Said last = batch.get(batch.size() - 1);
    if (!outbox.accepts(first.incarnation())) {
      Outbox<Stretch> overlapping = new Outbox<>(3);
      overlapping.add(first.incarnation(), first.sequence(), last.sequence(), new Stretch(batch));
      overlapping.next().ifPresent(s -> network.send(new Parcel(s)));
      return;
    }
    outbox.add(first.incarnation(), first.sequence(), last.sequence(), new Stretch(batch));
    if (broken == Broken.TRIM_WHEN_SENT) {
      trim(batch);
    }
  }

  /** Nobody has answered in time. */
  void losePatience(boolean always) {
    if (!unanswered.isEmpty()) {
      outbox.failed(unanswered.remove(always ? 0 : random.nextInt(unanswered.size())));
    }
  }

  void hear(Answer answer) {
    Shipment<Stretch> shipment = answer.to().shipment();
    if (!alive || !unanswered.remove(shipment)) {
      return;
    }
    if (answer.acknowledged() == null) {
      outbox.failed(shipment);
      return;
    }
    for (Stretch done : outbox.answered(shipment, answer.acknowledged())) {
      done.events().forEach(witness::acknowledged);
      underWay.removeAll(done.events());
      trim(done.events());
    }
  }

  /** Lets go of what is acknowledged: always the oldest of its kind. */
  private void trim(List<Said> events) {
    for (Said event : events) {
      int i = spool.indexOf(event);
      if (i >= 0) {
        remove(i);
      }
    }
  }

  /**
   * Ends without a word.
   *
   * @param power whether the machine goes with it, and what was not forced is lost in part
   */
  void crash(boolean power) {
    alive = false;
    saving = -1;
    queue.forEach(witness::crashed);
    queue.clear();
    underWay.forEach(witness::unanswered);
    underWay.removeAll(spool);
    underWay.forEach(witness::evictedUnderWay);
    underWay.clear();
    outbox = new Outbox<>(3);
    unanswered.clear();
    SpoolTail[] tails = {new SpoolTail(begin(0)), new SpoolTail(begin(1))};
    if (power) {
      tearLanes();
    }
    read = 0;
    mend(tails);
    durable = spool.size();
    forced[0] = ends[0];
    forced[1] = ends[1];
  }

  private static int lane(Said event) {
    return event.isEvictable() ? 1 : 0;
  }

  /** Of what was not forced the lanes lose each its own part: an end, or something in between. */
  private void tearLanes() {
    boolean ends = random.nextBoolean();
    double[] share = {random.nextDouble(), random.nextDouble()};
    boolean[] torn = new boolean[2];
    for (int i = durable; i < spool.size(); i++) {
      int lane = lane(spool.get(i));
      torn[lane] = (ends && torn[lane]) || random.nextDouble() < share[lane];
      if (torn[lane]) {
        witness.crashed(spool.remove(i--));
      }
    }
  }

  /** Opens the lanes again, and cuts off what has a hole before it. */
  private void mend(SpoolTail[] tails) {
    for (int lane = 0; lane < 2; lane++) {
      ends[lane] = forced[lane];
    }
    for (Said event : spool) {
      tails[lane(event)].add(places.get(event));
      ends[lane(event)] = Math.max(ends[lane(event)], places.get(event).index() + 1);
    }
    if (broken == Broken.KEEP_WHAT_FOLLOWS_A_HOLE) {
      return;
    }
    SpoolEnds whole = SpoolEnds.of(tails[0], ends[0], tails[1], ends[1]);
    ends[0] = whole.first();
    ends[1] = whole.second();
    for (int i = spool.size() - 1; i >= 0; i--) {
      if (places.get(spool.get(i)).index() >= ends[lane(spool.get(i))]) {
        witness.crashed(spool.remove(i));
      }
    }
  }

  /** The name of a lane's oldest segment says it, torn or not. */
  private long begin(int lane) {
    return spool.stream()
        .filter(event -> lane(event) == lane)
        .findFirst()
        .map(event -> places.get(event).index())
        .orElse(ends[lane]);
  }

  boolean isIdle() {
    return queue.isEmpty() && spool.isEmpty() && outbox.held() == 0;
  }

  boolean isTight() {
    return tight;
  }
}
