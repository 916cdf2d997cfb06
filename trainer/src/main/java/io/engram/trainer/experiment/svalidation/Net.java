package io.engram.trainer.experiment.svalidation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The networks of Chaibub Neto 2018, Fig. 1; two sigmoid outputs with binary cross-entropy. */
enum Net {
  /** Two hidden layers. */
  A("mlp-a", false, false),
  /** Four hidden layers. */
  B("mlp-b", false, false),
  /** Two convolutions of 3 × 3. */
  C("cnn-c", true, false),
  /** {@link #A} with dropout. */
  D("mlp-d", false, true),
  /** {@link #B} with dropout. */
  E("mlp-e", false, true),
  /** {@link #C} with dropout. */
  F("cnn-f", true, true);

  final String network;
  final boolean convolutional;
  final boolean dropout;

  Net(String network, boolean convolutional, boolean dropout) {
    this.network = network;
    this.convolutional = convolutional;
    this.dropout = dropout;
  }

  /** As the paper calls it. */
  String letter() {
    return name().toLowerCase(Locale.ROOT);
  }

  static List<String> letters() {
    return Arrays.stream(values()).map(Net::letter).toList();
  }
}
