package dev.thaw.flinkjobs.keyed;

import java.util.ArrayDeque;
import java.util.List;

/**
 * The inputs that a task took last, for an erasure that is overtaken: it comes through a channel of
 * its own, so that inputs behind it in their partition may be there first, as many as fit into the
 * buffer of the network that was to be read before it. Bounded in number. Empty after a barrier:
 * what comes after it was behind it in the partition, too. Of an item, whose erasure lies in
 * another partition than the events of its users, inputs from before the barrier are not kept.
 *
 * @param <I> inputs
 */
final class RecentInputs<I> {
  /** Of the smallest events, a buffer of 32 KiB has some 300. */
  private static final int MOST = 2_048;

  private final ArrayDeque<Keyed<I>> inputs = new ArrayDeque<>();

  private record Keyed<I>(String key, I input) {}

  void add(String key, I input) {
    if (inputs.size() == MOST) {
      inputs.removeFirst();
    }
    inputs.addLast(new Keyed<>(key, input));
  }

  /** Removes those of a key, and gives them back in their order. */
  List<I> take(String key) {
    List<I> taken = inputs.stream().filter(each -> each.key.equals(key)).map(Keyed::input).toList();
    inputs.removeIf(each -> each.key.equals(key));
    return taken;
  }

  void clear() {
    inputs.clear();
  }
}
