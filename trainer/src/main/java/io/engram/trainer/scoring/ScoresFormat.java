package io.engram.trainer.scoring;

import io.engram.events.NullScores;
import io.engram.trainer.svalidation.NullResult;
import io.engram.trainer.svalidation.Scores;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Scores as bytes: counts, and what they are counts of. */
final class ScoresFormat {
  private static final int LEAST_BYTES_OF_A_SET = 3 * Integer.BYTES;

  private ScoresFormat() {}

  static Buffer encode(Scores scores) {
    NullResult result = scores.result();
    Buffer buffer =
        Format.begin()
            .appendIntLE(scores.validationCorrect())
            .appendIntLE(result.examples())
            .appendIntLE(result.mostCommon())
            .appendByte((byte) (result.complete() ? 1 : 0));
    Format.putString(buffer, result.classifier());
    Format.putString(buffer, result.profile());
    buffer.appendIntLE(result.sets().size());
    for (NullScores set : result.sets()) {
      buffer.appendIntLE(set.observed());
      Format.putInts(buffer, set.repeats());
      Format.putInts(buffer, set.permuted());
    }
    return buffer;
  }

  static Scores decode(Object message) {
    return Format.read(message, ScoresFormat::read);
  }

  private static Scores read(ByteBuffer bytes) {
    int validationCorrect = bytes.getInt();
    int examples = bytes.getInt();
    int mostCommon = bytes.getInt();
    boolean complete = bytes.get() != 0;
    String classifier = Format.getString(bytes);
    String profile = Format.getString(bytes);
    int count = Format.getCount(bytes, LEAST_BYTES_OF_A_SET);
    List<NullScores> sets = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      sets.add(new NullScores(bytes.getInt(), Format.getInts(bytes), Format.getInts(bytes)));
    }
    return new Scores(
        new NullResult(classifier, profile, examples, mostCommon, complete, sets),
        validationCorrect);
  }
}
