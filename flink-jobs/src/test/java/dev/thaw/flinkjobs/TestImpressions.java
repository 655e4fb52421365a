package dev.thaw.flinkjobs;

import dev.thaw.featuredefinitions.vocabulary.Assignment;
import dev.thaw.featuredefinitions.vocabulary.DecisionFeatures;
import dev.thaw.featuredefinitions.vocabulary.EligibleArms;
import dev.thaw.featuredefinitions.vocabulary.Impression;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.RequestId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Impressions of tests, at offsets from the instant of {@link TestEvents}. */
public final class TestImpressions {
  private TestImpressions() {}

  /** The first item in a slot of the bandit, the others ranked. */
  public static Impression shown(String request, String user, Duration offset, String... items) {
    return shown(Assignment.NONE, request, user, offset, items);
  }

  /** As one of the configurations of an experiment shows it. */
  public static Impression shown(
      Assignment assignment, String request, String user, Duration offset, String... items) {
    List<Impression.Slot> slots = new ArrayList<>();
    List<ItemId> eligible = new ArrayList<>();
    for (String item : items) {
      boolean bandit = slots.isEmpty();
      eligible.add(ItemId.of(item));
      slots.add(
          new Impression.Slot(
              slots.size(), ItemId.of(item), 1, bandit ? 0.5 : 1, bandit ? "bandit" : "factors"));
    }
    return new Impression(
        RequestId.of(request),
        UserId.of(user),
        TestEvents.MOVIES,
        TestEvents.at(offset),
        "c1",
        "m1",
        "p1",
        Map.of(),
        new EligibleArms(eligible, 0),
        slots,
        "3-19",
        "factors",
        List.of(),
        List.of(),
        assignment,
        DecisionFeatures.NONE);
  }

  /** The same answer, by a policy that knew this of the user. */
  public static Impression knowing(DecisionFeatures features, Impression shown) {
    return new Impression(
        shown.requestId(),
        shown.userId(),
        shown.domain(),
        shown.time(),
        shown.configVersion(),
        shown.modelVersion(),
        shown.posteriorVersion(),
        shown.context(),
        shown.eligible(),
        shown.slots(),
        shown.stage(),
        shown.method(),
        shown.fallbacks(),
        shown.degraded(),
        shown.assignment(),
        features);
  }
}
