package io.engram.events;

/** Where the features of an s-validation score come from. */
public enum FeatureSource {
  /** The last hidden layer of the network; at epoch 0 of the untrained one. */
  NETWORK,
  /** The inputs themselves: the control that no network takes part in. */
  PIXELS
}
