package dev.thaw.models.routing;

/** Which methods may answer, in which order: the table of METHODS by stage. Thread-safe. */
public final class RoutingPolicy {
  public RoutingPolicy(RoutingConfig config) {}

  public Stage stage(long interactions) {
    throw new UnsupportedOperationException("not yet");
  }

  public RoutePlan plan(UserKnowledge user) {
    throw new UnsupportedOperationException("not yet");
  }

  /** Leading slots the bandit decides at this stage. */
  public int banditSlots(Stage stage) {
    throw new UnsupportedOperationException("not yet");
  }
}
