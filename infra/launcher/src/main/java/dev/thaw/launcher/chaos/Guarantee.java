package dev.thaw.launcher.chaos;

import java.util.List;

/**
 * Something that must hold whatever is killed.
 *
 * @param found how much was looked at, in words
 * @param broken what contradicts it; empty if it held
 */
public record Guarantee(String name, String found, List<String> broken) {
  public Guarantee {
    broken = List.copyOf(broken);
  }

  boolean held() {
    return broken.isEmpty();
  }
}
