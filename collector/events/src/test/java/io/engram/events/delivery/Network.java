package io.engram.events.delivery;

import io.engram.events.delivery.Said.Answer;
import io.engram.events.delivery.Said.Parcel;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Messages under way, in no order: any may come twice, late, or never. */
final class Network {
  private static final int MOST = 24;

  private final SplittableRandom random;
  private final List<Parcel> parcels = new ArrayList<>();
  private final List<Answer> answers = new ArrayList<>();

  Network(SplittableRandom random) {
    this.random = random;
  }

  void send(Parcel parcel) {
    add(parcels, parcel);
  }

  void answer(Parcel to, Long acknowledged) {
    add(answers, new Answer(to, acknowledged));
  }

  private <T> void add(List<T> under, T message) {
    if (under.size() == MOST) {
      under.remove(random.nextInt(MOST));
    }
    under.add(message);
  }

  Parcel takeParcel(boolean faults) {
    return take(parcels, faults);
  }

  Answer takeAnswer(boolean faults) {
    return take(answers, faults);
  }

  private <T> T take(List<T> from, boolean faults) {
    if (from.isEmpty()) {
      return null;
    }
    if (!faults) {
      return from.remove(0);
    }
    int chosen = random.nextInt(3) == 0 ? random.nextInt(from.size()) : 0;
    return random.nextInt(5) == 0 ? from.get(chosen) : from.remove(chosen);
  }

  void drop() {
    if (!parcels.isEmpty() && random.nextBoolean()) {
      parcels.remove(random.nextInt(parcels.size()));
    } else if (!answers.isEmpty()) {
      answers.remove(random.nextInt(answers.size()));
    }
  }

  boolean isQuiet() {
    return parcels.isEmpty() && answers.isEmpty();
  }
}
