package io.engram.trainer.svalidation;

import java.util.Arrays;

/**
 * Sorts up to 8 numbers by a network of 19 comparisons (Knuth, The Art of Computer Programming 3,
 * 5.3.4), without a branch that random data would make slow.
 */
final class Sort8 {
  static final int MOST = 8;

  private Sort8() {}

  /**
   * Sorts the first {@code size} numbers ascending.
   *
   * @param numbers an array of 8
   */
  static void sort(int[] numbers, int size) {
    Arrays.fill(numbers, size, MOST, Integer.MAX_VALUE);
    int v0 = numbers[0];
    int v1 = numbers[1];
    int v2 = numbers[2];
    int v3 = numbers[3];
    int v4 = numbers[4];
    int v5 = numbers[5];
    int v6 = numbers[6];
    int v7 = numbers[7];
    int low;
    low = Math.min(v0, v2);
    v2 = Math.max(v0, v2);
    v0 = low;
    low = Math.min(v1, v3);
    v3 = Math.max(v1, v3);
    v1 = low;
    low = Math.min(v4, v6);
    v6 = Math.max(v4, v6);
    v4 = low;
    low = Math.min(v5, v7);
    v7 = Math.max(v5, v7);
    v5 = low;
    low = Math.min(v0, v4);
    v4 = Math.max(v0, v4);
    v0 = low;
    low = Math.min(v1, v5);
    v5 = Math.max(v1, v5);
    v1 = low;
    low = Math.min(v2, v6);
    v6 = Math.max(v2, v6);
    v2 = low;
    low = Math.min(v3, v7);
    v7 = Math.max(v3, v7);
    v3 = low;
    low = Math.min(v0, v1);
    v1 = Math.max(v0, v1);
    v0 = low;
    low = Math.min(v2, v3);
    v3 = Math.max(v2, v3);
    v2 = low;
    low = Math.min(v4, v5);
    v5 = Math.max(v4, v5);
    v4 = low;
    low = Math.min(v6, v7);
    v7 = Math.max(v6, v7);
    v6 = low;
    low = Math.min(v2, v4);
    v4 = Math.max(v2, v4);
    v2 = low;
    low = Math.min(v3, v5);
    v5 = Math.max(v3, v5);
    v3 = low;
    low = Math.min(v1, v4);
    v4 = Math.max(v1, v4);
    v1 = low;
    low = Math.min(v3, v6);
    v6 = Math.max(v3, v6);
    v3 = low;
    low = Math.min(v1, v2);
    v2 = Math.max(v1, v2);
    v1 = low;
    low = Math.min(v3, v4);
    v4 = Math.max(v3, v4);
    v3 = low;
    low = Math.min(v5, v6);
    v6 = Math.max(v5, v6);
    v5 = low;
    numbers[0] = v0;
    numbers[1] = v1;
    numbers[2] = v2;
    numbers[3] = v3;
    numbers[4] = v4;
    numbers[5] = v5;
    numbers[6] = v6;
    numbers[7] = v7;
  }
}
