package io.engram.events.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Changes valid inputs the ways in which inputs go wrong: by bits, lengths, cuts and splices. */
final class Mutator {
  private static final int MOST_CHANGES = 6;
  private static final int LONGEST = 1 << 16;
  private static final byte[] BYTES = {0, 1, 9, 10, 13, 31, 32, 34, 47, 92, 127, -128, -2, -1};
  private static final int[] NUMBERS = {
    0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 255, 256, 65_535, 65_536, 1 << 20, 1 << 26
  };
  private static final List<byte[]> WORDS =
      List.of(
          words("99999999999999999999"),
          words("-1"),
          words("1e999"),
          words("NaN"),
          words("null"),
          words("{}"),
          words("[[[[[[[["),
          words("\"\\u0000\""),
          words("../../etc/passwd"),
          words("%2e%2e%2f"),
          words("&a [*a, *a]"),
          words("!!java.net.URL [x]"),
          words("<script>"),
          words("\r\n\r\n"),
          words("\u202e\u0000\ufeff"));

  private final List<byte[]> seeds;
  private final SplittableRandom random;

  Mutator(List<byte[]> seeds, SplittableRandom random) {
    this.seeds = seeds;
    this.random = random;
  }

  private static byte[] words(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** At most 64 KiB longer than the longest seed. */
  byte[] next() {
    if (random.nextInt(100) == 0) {
      byte[] noise = new byte[random.nextInt(512)];
      random.nextBytes(noise);
      return noise;
    }
    byte[] input = seed().clone();
    for (int n = 1 + random.nextInt(MOST_CHANGES); n > 0; n--) {
      input = change(input);
    }
    return input;
  }

  private byte[] seed() {
    return seeds.get(random.nextInt(seeds.size()));
  }

  private byte[] change(byte[] input) {
    int at = input.length == 0 ? 0 : random.nextInt(input.length);
    return switch (random.nextInt(10)) {
      case 0 -> set(input, at, (byte) (input.length == 0 ? 0 : input[at] ^ 1 << random.nextInt(8)));
      case 1 -> set(input, at, BYTES[random.nextInt(BYTES.length)]);
      case 2 -> number(input, at, NUMBERS[random.nextInt(NUMBERS.length)]);
      case 3 -> number(input, at, input.length - random.nextInt(Math.max(1, input.length)));
      case 4 -> Arrays.copyOf(input, at);
      case 5 -> splice(input, at, new byte[0], random.nextInt(input.length - at + 1));
      case 6 -> splice(input, at, piece(input), 0);
      case 7 -> splice(input, at, piece(seed()), random.nextInt(input.length - at + 1));
      case 8 -> splice(input, at, WORDS.get(random.nextInt(WORDS.size())), random.nextInt(2));
      default -> splice(input, at, repeated(), 0);
    };
  }

  private static byte[] set(byte[] input, int at, byte value) {
    if (input.length > 0) {
      input[at] = value;
    }
    return input;
  }

  private static byte[] number(byte[] input, int at, int value) {
    for (int i = 0; i < Integer.BYTES && at + i < input.length; i++) {
      input[at + i] = (byte) (value >>> 24 - 8 * i);
    }
    return input;
  }

  private byte[] piece(byte[] of) {
    int from = random.nextInt(of.length + 1);
    return Arrays.copyOfRange(of, from, from + random.nextInt(of.length - from + 1));
  }

  private byte[] repeated() {
    byte[] word = {BYTES[random.nextInt(BYTES.length)], (byte) random.nextInt(256)};
    byte[] all = new byte[2 * random.nextInt(1, 200)];
    for (int i = 0; i < all.length; i++) {
      all[i] = word[i % 2];
    }
    return all;
  }

  private static byte[] splice(byte[] input, int at, byte[] middle, int without) {
    int rest = Math.min(input.length, at + without);
    int room = LONGEST + input.length;
    int length = Math.min(room, at + middle.length + input.length - rest);
    byte[] result = Arrays.copyOf(input, length);
    System.arraycopy(middle, 0, result, at, Math.min(middle.length, length - at));
    int tail = Math.max(0, length - at - middle.length);
    System.arraycopy(input, rest, result, length - tail, tail);
    return result;
  }
}
