package io.engram.events.delivery;

/** Rules that can be broken on purpose, to see that the simulation notices. */
enum Broken {
  NOTHING,
  /** The collector answers when it has appended, before the disk has it. */
  ACKNOWLEDGE_BEFORE_FORCE,
  /** What was admitted before is admitted again. */
  APPLY_BEFORE_DROPPING_DUPLICATES,
  /** A parcel is admitted although those before it are under way. */
  ADMIT_OUT_OF_ORDER,
  /** The next incarnation leaves before all of the earlier is acknowledged. */
  OVERLAP_INCARNATIONS,
  /** A snapshot claims records of the journal that were not applied to it yet. */
  SNAPSHOT_BEYOND_WHAT_IS_APPLIED,
  /** A commit counts although an earlier append of the same run failed. */
  COMMIT_WHAT_WAS_UNDONE,
  /** What was appended after a force that failed stays in the journal. */
  KEEP_WHAT_WAS_NOT_FORCED,
  /** A hole in the part of the journal that was never forced is taken for damage. */
  FORGIVE_EVERY_GAP,
  /** The spool lets go of what has left, before the answer. */
  TRIM_WHEN_SENT,
  /** A checkpoint can be resumed before the events up to it are in the spool for good. */
  CHECKPOINT_WITHOUT_BARRIER,
  /** An incarnation is the time, which may go back. */
  INCARNATION_BY_THE_CLOCK,
  /** A snapshot is written before the states kept for checkpoints that it relies on. */
  SNAPSHOT_BEFORE_CHECKPOINTS,
  /** Events evicted are forgotten instead of counted. */
  EVICT_WITHOUT_COUNTING,
  /** Of a spool whose lanes were torn at different points all is sent that is left. */
  KEEP_WHAT_FOLLOWS_A_HOLE
}
