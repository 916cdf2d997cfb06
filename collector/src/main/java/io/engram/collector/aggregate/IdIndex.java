package io.engram.collector.aggregate;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds the slot of an example id. Slots are given out in the order of arrival. O(1) while the ids
 * are contiguous, or came in order and leave few gaps, O(log n) otherwise. 4 bytes an id, and at
 * most 3 more for gaps or 4 once ids came out of order.
 */
final class IdIndex {
  private int[] ids = {};
  private int @Nullable [] slots;
  private int size;
  private boolean contiguous;

  /** Of ids in order with few gaps, once one was looked for. */
  private @Nullable IdRanks ranks;

  IdIndex() {}

  IdIndex(DataInput in) throws IOException {
    ids = StateIo.readInts(in);
    slots = in.readBoolean() ? StateIo.readInts(in) : null;
    size = ids.length;
    if (slots != null && slots.length != size) {
      throw new IOException("state holds %d ids and %d slots".formatted(size, slots.length));
    }
    contiguous = isContiguous();
  }

  void save(DataOutput out) throws IOException {
    StateIo.writeInts(out, ids, size);
    out.writeBoolean(slots != null);
    if (slots != null) {
      StateIo.writeInts(out, slots, size);
    }
  }

  int size() {
    return size;
  }

  /** The slot of an id, or -1 if it is not known. */
  int find(int id) {
    int position;
    if (contiguous) {
      long offset = (long) id - ids[0];
      position = offset >= 0 && offset < size ? (int) offset : -1;
    } else if (slots == null && IdRanks.suits(ids, size)) {
      position = ranks().of(id);
    } else {
      position = Arrays.binarySearch(ids, 0, size, id);
    }
    if (position < 0) {
      return -1;
    }
    return slots == null ? position : slots[position];
  }

  private IdRanks ranks() {
    IdRanks known = ranks;
    if (known == null) {
      known = new IdRanks(ids, size);
      ranks = known;
    }
    return known;
  }

  /** The ids in the order of their slots. */
  int[] bySlot() {
    int[] result = Arrays.copyOf(ids, size);
    if (slots != null) {
      for (int position = 0; position < size; position++) {
        result[slots[position]] = ids[position];
      }
    }
    return result;
  }

  /**
   * Gives the next slots to new ids.
   *
   * @param fresh ascending, without duplicates, none of them known
   * @param capacity room to make, at least for all ids
   */
  void add(int[] fresh, int capacity) {
    if (fresh.length == 0) {
      return;
    }
    boolean inOrder = size == 0 || fresh[0] > ids[size - 1];
    ids = resized(ids, capacity);
    if (slots != null) {
      slots = resized(slots, capacity);
    } else if (!inOrder) {
      slots = new int[capacity];
      Arrays.setAll(slots, slot -> slot);
    }
    int from = size - 1;
    int to = size + fresh.length - 1;
    for (int next = fresh.length - 1; next >= 0; to--) {
      boolean takeFresh = from < 0 || fresh[next] > ids[from];
      ids[to] = takeFresh ? fresh[next] : ids[from];
      if (slots != null) {
        slots[to] = takeFresh ? size + next : slots[from];
      }
      if (takeFresh) {
        next--;
      } else {
        from--;
      }
    }
    size += fresh.length;
    ranks = null;
    contiguous = isContiguous();
  }

  private boolean isContiguous() {
    return size > 0 && (long) ids[size - 1] - ids[0] == size - 1;
  }

  private static int[] resized(int[] array, int capacity) {
    return array.length >= capacity ? array : Arrays.copyOf(array, capacity);
  }
}
