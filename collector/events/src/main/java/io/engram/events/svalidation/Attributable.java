package io.engram.events.svalidation;

/** Whether what a network shows was brought about by training it. */
public enum Attributable {
  /** Neither control shows it. */
  YES,
  /** A control shows it already, or there is nothing to attribute. */
  NO,
  /** There is no clear verdict on the network or on a control, or a control is missing. */
  UNKNOWN
}
