package io.engram.trainer.experiment;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Claims as reports hold them for programs. */
public final class ClaimJson {
  private ClaimJson() {}

  /** Puts statement, verdict, reason and quantities into a node. */
  public static void put(ObjectNode node, Claim claim) {
    node.put("statement", claim.statement());
    node.put("verdict", claim.verdict().name());
    node.put("reason", claim.reason());
    ArrayNode quantities = node.putArray("quantities");
    for (Quantity quantity : claim.quantities()) {
      ObjectNode value = quantities.addObject().put("name", quantity.name());
      put(value, "value", quantity.value());
      put(value, "low", quantity.low());
      put(value, "high", quantity.high());
    }
  }

  /** JSON has no NaN. */
  private static void put(ObjectNode node, String name, double value) {
    if (Double.isFinite(value)) {
      node.put(name, value);
    } else {
      node.putNull(name);
    }
  }
}
