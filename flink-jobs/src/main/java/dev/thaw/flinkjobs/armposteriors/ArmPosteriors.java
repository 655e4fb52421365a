package dev.thaw.flinkjobs.armposteriors;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.views.FeatureDefinitions;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.Impression;
import dev.thaw.featuredefinitions.vocabulary.RequestId;
import dev.thaw.featuredefinitions.wire.DeadLetter;
import dev.thaw.featuredefinitions.wire.Erasure;
import dev.thaw.flinkjobs.coalescing.Pace;
import dev.thaw.flinkjobs.featurelog.LoggedStore;
import dev.thaw.flinkjobs.keyed.Folds;
import dev.thaw.flinkjobs.keyed.Signals;
import dev.thaw.flinkjobs.keyed.StateTypes;
import dev.thaw.flinkjobs.keyed.ViewKeys;
import dev.thaw.flinkjobs.streams.Signal;
import dev.thaw.flinkjobs.streams.StreamTypes;
import dev.thaw.flinkjobs.streams.ViewRow;
import dev.thaw.models.statistics.ArmPosterior;
import dev.thaw.models.statistics.SettledSlot;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.Collector;

/**
 * Learns what showing an item earns. Only slots that the bandit decided count: what is shown
 * further down is looked at less, and for reasons that have nothing to do with the item.
 *
 * <pre>
 * impressions --------+- by request: rewards -+- by item: posterior ---------- rows
 * events of requests -+                       +- by item: linear statistics -- rows
 * </pre>
 */
public final class ArmPosteriors {
  public static final String JOB = "arm-posteriors";
  static final String VIEW = "arm_posterior";

  /** Of slots that a contextual policy decided. */
  static final String LINEAR = "arm_linear";

  private final FeatureDefinitions features;
  private final DomainDefinitions domains;
  private final Duration rewardWindow;
  private final Duration lateness;
  private final Duration interval;

  /**
   * @param rewardWindow how long a reward without a window of its own may follow its impression
   * @param lateness how long rewards wait for their impressions
   * @param interval rows of an item leave at most this often
   */
  public ArmPosteriors(
      FeatureDefinitions features,
      DomainDefinitions domains,
      Duration rewardWindow,
      Duration lateness,
      Duration interval) {
    this.features = features;
    this.domains = domains;
    this.rewardWindow = rewardWindow;
    this.lateness = lateness;
    this.interval = interval;
  }

  /**
   * @param events with event time
   * @param erasures of items
   * @param impressions with event time
   * @param store takes the rows
   * @param deadLetters takes rewards and impressions that could not be joined
   */
  public void build(
      DataStream<Event> events,
      DataStream<Erasure> erasures,
      DataStream<Impression> impressions,
      Sink<ViewRow> store,
      Sink<DeadLetter> deadLetters) {
    SingleOutputStreamOperator<SettledSlot> settled =
        Folds.apply(
            "rewards",
            requests(events, impressions).keyBy(activity -> activity.requestId, Types.STRING),
            new RewardJoinFold(domains, rewardWindow, lateness),
            StateTypes.IMPRESSION_REWARDS,
            TypeInformation.of(SettledSlot.class),
            interval);
    settled
        .getSideOutput(Folds.REJECTED)
        .sinkTo(deadLetters)
        .name("rejected-rewards")
        .uid("rejected-rewards")
        .setParallelism(1);
    DataStream<SettledSlot> drawn =
        settled.filter(slot -> slot.source().equals(Impression.Slot.BANDIT));
    DataStream<Signal> signals =
        Signals.ofErasures(erasures, ViewKeys.of(List.of("item_id")), domains);
    LoggedStore.write(
        Folds.applyWithSignals(
            VIEW,
            drawn.keyBy(slot -> slot.itemId().value(), Types.STRING),
            signals,
            new PosteriorViewFold(domains, features.view(VIEW).ttl()),
            TypeInformation.of(ArmPosterior.class),
            StreamTypes.VIEW_ROW,
            Pace.of(interval),
            remembered()),
        store,
        "store");
    SingleOutputStreamOperator<ViewRow> linear =
        Folds.applyWithSignals(
            LINEAR,
            drawn
                .filter(slot -> !slot.features().isNone())
                .keyBy(slot -> slot.itemId().value(), Types.STRING),
            signals,
            new LinearViewFold(domains, features.view(LINEAR).ttl()),
            StateTypes.LINEAR_CELLS,
            StreamTypes.VIEW_ROW,
            Pace.of(interval),
            remembered());
    LoggedStore.write(linear, store, "store-" + LINEAR);
    linear
        .getSideOutput(Folds.REJECTED)
        .sinkTo(deadLetters)
        .name("rejected-features")
        .uid("rejected-features")
        .setParallelism(1);
  }

  /** How long an erasure is remembered: a slot from before it may settle so much later. */
  Duration remembered() {
    return domains.all().stream()
        .flatMap(domain -> domain.rewards().stream())
        .map(reward -> reward.window(rewardWindow))
        .reduce(rewardWindow, (a, b) -> a.compareTo(b) < 0 ? b : a)
        .plus(lateness);
  }

  private static DataStream<RequestActivity> requests(
      DataStream<Event> events, DataStream<Impression> impressions) {
    DataStream<RequestActivity> reactions =
        events
            .<RequestActivity>flatMap((event, out) -> collectReaction(event, out))
            .returns(RequestActivity.TYPE)
            .name("reactions");
    return impressions
        .map(RequestActivity::of)
        .returns(RequestActivity.TYPE)
        .name("impressions")
        .union(reactions);
  }

  private static void collectReaction(Event event, Collector<RequestActivity> out) {
    RequestId request = event.requestId();
    if (request != null) {
      out.collect(RequestActivity.of(request.value(), event));
    }
  }
}
