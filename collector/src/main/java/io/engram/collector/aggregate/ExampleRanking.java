package io.engram.collector.aggregate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The first examples in an order, by one pass with a heap of {@code limit} slots. */
final class ExampleRanking {
  private ExampleRanking() {}

  static List<ExampleRow> first(ExampleDynamics examples, ExampleOrder order, int limit) {
    int[] ids = examples.ids();
    Comparator<Integer> ascending = comparator(examples, order, ids);
    PriorityQueue<Integer> worstFirst = new PriorityQueue<>(ascending.reversed());
    for (int slot = 0; slot < ids.length; slot++) {
      if (examples.presentations(slot) == 0) {
        continue;
      }
      if (worstFirst.size() < limit) {
        worstFirst.add(slot);
      } else if (ascending.compare(slot, worstFirst.element()) < 0) {
        worstFirst.remove();
        worstFirst.add(slot);
      }
    }
    List<ExampleRow> rows = new ArrayList<>(worstFirst.size());
    while (!worstFirst.isEmpty()) {
      int slot = worstFirst.remove();
      rows.add(examples.row(slot, ids[slot]));
    }
    Collections.reverse(rows);
    return rows;
  }

  private static Comparator<Integer> comparator(
      ExampleDynamics examples, ExampleOrder order, int[] ids) {
    Comparator<Integer> fewestCorrect = Comparator.comparingInt(examples::correct);
    Comparator<Integer> comparator =
        switch (order) {
          case HARDEST ->
              fewestCorrect.thenComparing(
                  Comparator.<Integer>comparingDouble(examples::lossSum).reversed());
          case MOST_FORGOTTEN ->
              Comparator.<Integer>comparingInt(examples::forgettingEvents)
                  .reversed()
                  .thenComparing(fewestCorrect);
          case LOWEST_MARGIN, AUM -> Comparator.comparingDouble(examples::meanMargin);
          case SUSPECT ->
              highest(examples, MislabelScore.COMBINED).thenComparingDouble(examples::meanMargin);
          case CSL -> highest(examples, MislabelScore.CSL);
          case FORGETTING -> highest(examples, MislabelScore.FORGETTING);
          case CSG -> highest(examples, MislabelScore.CSG);
        };
    return comparator.thenComparingInt(slot -> ids[slot]);
  }

  private static Comparator<Integer> highest(ExampleDynamics examples, MislabelScore score) {
    return (a, b) -> {
      float scoreA = score.of(examples, a);
      float scoreB = score.of(examples, b);
      return Float.compare(
          Float.isNaN(scoreB) ? Float.NEGATIVE_INFINITY : scoreB,
          Float.isNaN(scoreA) ? Float.NEGATIVE_INFINITY : scoreA);
    };
  }
}
