package dev.thaw.flinkjobs.adaptusers;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.views.FeatureDefinitions;
import dev.thaw.featuredefinitions.views.FeatureView;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.featuredefinitions.wire.ArtefactAnnouncement;
import dev.thaw.featuredefinitions.wire.DeadLetter;
import dev.thaw.featuredefinitions.wire.Erasure;
import dev.thaw.flinkjobs.coalescing.Pace;
import dev.thaw.flinkjobs.featurelog.LoggedStore;
import dev.thaw.flinkjobs.histories.HistoryViewFold;
import dev.thaw.flinkjobs.keyed.Folds;
import dev.thaw.flinkjobs.keyed.Signals;
import dev.thaw.flinkjobs.keyed.StateTypes;
import dev.thaw.flinkjobs.keyed.ViewKeys;
import dev.thaw.flinkjobs.streams.Change;
import dev.thaw.flinkjobs.streams.StreamTypes;
import dev.thaw.flinkjobs.streams.ViewRow;
import java.time.Duration;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * Adapts the meta-learned model that serves to every user of 1 to 20 interactions, so that a
 * request is answered by a forward pass: new and changed users as their events and profiles come,
 * all of them again when a set of models is let serve.
 *
 * <pre>
 * events, profiles ---- by user, domain: history, adapted -- rows
 * announced sets, erasures --- to all ---+
 * </pre>
 */
public final class AdaptUsers {
  /** Name of the job and of the writer of {@value #VIEW}. */
  public static final String JOB = "adapt-users";

  static final String VIEW = "user_adapted";

  private final FeatureDefinitions features;
  private final DomainDefinitions domains;
  private final Duration lateness;
  private final Pace pace;

  /**
   * @param lateness how long events older than an erasure may still come
   * @param pace of the rows of a user
   */
  public AdaptUsers(
      FeatureDefinitions features, DomainDefinitions domains, Duration lateness, Pace pace) {
    this.features = features;
    this.domains = domains;
    this.lateness = lateness;
    this.pace = pace;
  }

  /**
   * @param events with event time
   * @param erasures of users; items stay in histories, where no model knows them any more
   * @param profiles say nothing about time
   * @param announcements of artefact sets; say nothing about time
   * @param store takes the rows
   * @param deadLetters takes announcements of sets that can't be read
   */
  public void build(
      DataStream<Event> events,
      DataStream<Erasure> erasures,
      DataStream<Change<UserProfile>> profiles,
      DataStream<Change<ArtefactAnnouncement>> announcements,
      Sink<ViewRow> store,
      Sink<DeadLetter> deadLetters) {
    FeatureView view = features.view(VIEW);
    ViewKeys keys = ViewKeys.ofEvents(features.joinKeys(view));
    HistoryViewFold histories = new HistoryViewFold(VIEW, view.ttl(), domains, keys);
    SingleOutputStreamOperator<ViewRow> rows =
        Folds.applyWithSignals(
            JOB,
            LearnerInput.ofEvents(events, keys)
                .union(LearnerInput.ofProfiles(profiles, keys, domains))
                .keyBy(input -> input.key, Types.STRING),
            Signals.ofErasures(erasures, keys, domains).union(Signals.ofSets(announcements)),
            new AdaptedFold(histories, VIEW, keys),
            StateTypes.PROFILED_HISTORY,
            StreamTypes.VIEW_ROW,
            pace,
            lateness);
    rows.getSideOutput(Folds.REJECTED)
        .sinkTo(deadLetters)
        .name("rejected-sets")
        .uid("rejected-sets")
        .setParallelism(1);
    LoggedStore.write(rows, store, "store");
  }
}
