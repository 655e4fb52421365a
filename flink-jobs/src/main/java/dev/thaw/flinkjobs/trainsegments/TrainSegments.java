package dev.thaw.flinkjobs.trainsegments;

import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.featuredefinitions.wire.UserSegment;
import dev.thaw.flinkjobs.streams.StreamTypes;
import dev.thaw.flinkjobs.training.RunArtefacts;
import dev.thaw.flinkjobs.training.TrainingData;
import dev.thaw.flinkjobs.training.TrainingOperator;
import dev.thaw.flinkjobs.training.TrainingRecord;
import dev.thaw.flinkjobs.training.TrainingSettings;
import dev.thaw.models.artefact.ArtefactKind;
import dev.thaw.models.artefact.ArtefactRef;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.segments.SegmentAssignment;
import dev.thaw.models.segments.SegmentData;
import dev.thaw.models.segments.SegmentModel;
import dev.thaw.models.segments.SegmentTrainer;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Learns the segments of every domain and tells the other jobs which users are in them. */
public final class TrainSegments {
  /** Name of the job. */
  public static final String NAME = "train-segments";

  private static final Logger LOG = LoggerFactory.getLogger(TrainSegments.class);

  private final TrainingSettings settings;
  private final RunArtefacts artefacts;

  private TrainSegments(TrainingSettings settings) {
    this.settings = settings;
    this.artefacts = RunArtefacts.open(settings);
  }

  /**
   * @param records events of all domains and profiles; bounded
   */
  public static void build(
      DataStream<TrainingRecord> records,
      TrainingSettings settings,
      Sink<UserSegment> toUserSegments) {
    TrainingOperator.apply(
            NAME,
            records,
            settings.domains(),
            (data, out) -> new TrainSegments(settings).train(data, out),
            StreamTypes.USER_SEGMENT)
        .sinkTo(toUserSegments)
        .name("user-segments")
        .uid("user-segments")
        .setParallelism(1);
  }

  private void train(TrainingData data, Consumer<UserSegment> out) {
    for (DomainId domain : data.domains()) {
      DomainDefinition definition = data.definitions().get(domain).orElseThrow();
      Interactions positives = data.positives(domain).orElseThrow();
      artefacts
          .factors(domain)
          .ifPresentOrElse(
              factors -> train(data, definition, positives, factors.model(), out),
              () -> LOG.info("no segments of {}: it has no factors in this run", domain));
    }
  }

  private void train(
      TrainingData data,
      DomainDefinition definition,
      Interactions positives,
      FactorModel factors,
      Consumer<UserSegment> out) {
    SegmentModel model =
        new SegmentTrainer()
            .fit(
                new SegmentData(positives, factors, data.profiles(), definition.attributes()),
                settings.random(NAME + definition.name()));
    ArtefactRef ref =
        artefacts.write(
            ArtefactKind.SEGMENTS,
            model,
            NAME,
            Map.of("attributes", String.join(",", definition.attributes())),
            positives.dataHash(),
            Map.of("segments", (double) model.segments().size()));
    LOG.info("{}: {} segments", ref, model.segments().size());
    if (model.segments().size() > 1) {
      tell(data, definition.name(), positives, factors, model, out);
    }
  }

  /**
   * Users in no segment but the whole domain are told too: they may have been in one before.
   * Anonymous sessions are not: nothing would ever delete what is told of them.
   */
  private static void tell(
      TrainingData data,
      DomainId domain,
      Interactions positives,
      FactorModel factors,
      SegmentModel model,
      Consumer<UserSegment> out) {
    Set<UserId> users = new TreeSet<>(positives.users());
    users.addAll(data.profiles().keySet());
    for (UserId user : users) {
      if (UserId.isSession(user.value())) {
        continue;
      }
      UserProfile profile = data.profiles().get(user);
      if (profile == null) {
        profile = UserProfile.empty(user);
      }
      History history = positives.history(user);
      SegmentAssignment assigned = model.member(profile, history, factors);
      out.accept(new UserSegment(user, domain, assigned.segment(), data.end()));
    }
  }
}
