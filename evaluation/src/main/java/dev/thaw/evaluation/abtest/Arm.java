package dev.thaw.evaluation.abtest;

import java.util.Set;

/**
 * Configurations that are compared as one.
 *
 * @param versions names of its configurations by {@link ArmNames}; at least one
 * @param share of the users that should meet it, in (0, 1)
 */
public record Arm(String name, Set<String> versions, double share) {
  public Arm {
    versions = Set.copyOf(versions);
    if (name.isBlank() || versions.isEmpty()) {
      throw new IllegalArgumentException(
          "an arm needs a name and a version, was \"" + name + "\" of " + versions);
    }
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException(
          "share of arm " + name + " must be in (0, 1), was " + share);
    }
  }
}
