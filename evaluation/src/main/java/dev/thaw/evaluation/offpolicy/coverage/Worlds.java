package dev.thaw.evaluation.offpolicy.coverage;

import java.util.List;

/** The worlds that intervals are judged in. */
final class Worlds {
  private Worlds() {}

  static List<World> all() {
    return List.of(
        wellSupported(),
        rareClicks(),
        users(true),
        users(false),
        new ThompsonWorld(2_000),
        new SlateWorld(2_000),
        poorlySupported());
  }

  static World wellSupported() {
    return new SegmentWorld(
        new SegmentWorld.Settings("well supported", 10, 4, 0.1, 0.7, 1, 0.1, 2_000, 0, 0, true));
  }

  private static World rareClicks() {
    return new SegmentWorld(
        new SegmentWorld.Settings(
            "0.5 % click rate", 10, 4, 0.005, 0.7, 0.7, 0.1, 10_000, 0, 0, true));
  }

  static World users(boolean known) {
    return new SegmentWorld(
        new SegmentWorld.Settings(
            known ? "users of many rounds" : "the same, users not known",
            10,
            4,
            0.1,
            0.7,
            1,
            0.1,
            2_000,
            300,
            20,
            known));
  }

  private static World poorlySupported() {
    return new SegmentWorld(
        new SegmentWorld.Settings("poorly supported", 50, 4, 0.1, 3, 3, 0, 2_000, 0, 0, true));
  }
}
