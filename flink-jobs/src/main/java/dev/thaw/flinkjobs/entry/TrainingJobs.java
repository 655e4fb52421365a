package dev.thaw.flinkjobs.entry;

import dev.thaw.featuredefinitions.config.MethodsConfig;
import dev.thaw.flinkjobs.trainbridge.TrainBridge;
import dev.thaw.flinkjobs.trainfactors.TrainFactors;
import dev.thaw.flinkjobs.training.TrainingSettings;
import dev.thaw.flinkjobs.trainmeta.TrainMeta;
import dev.thaw.flinkjobs.trainprojection.TrainProjection;
import dev.thaw.flinkjobs.trainrouting.TrainRouting;
import dev.thaw.flinkjobs.trainsegments.TrainSegments;
import dev.thaw.flinkjobs.trainsequences.TrainSequences;
import dev.thaw.flinkjobs.traintabular.TrainTabular;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** The bounded jobs of one training run. */
public final class TrainingJobs {
  private TrainingJobs() {}

  /**
   * On the topics, in the order in which they need each other's results.
   *
   * @param methods say whether there is use for a meta-learned or a sequential model
   */
  public static List<Job> of(TrainingSettings settings, MethodsConfig methods) {
    TrainingInputs topics = new TrainingInputs.OfTopics();
    List<Job> jobs =
        new ArrayList<>(
            List.of(
                factors(settings, topics),
                bridge(settings, topics),
                projection(settings, topics),
                segments(settings, topics),
                routing(settings, topics)));
    if (methods.asksForMetaLearning()) {
      jobs.add(meta(settings, topics));
    }
    if (methods.asksForSequences() || settings.flag(TrainRouting.SEQUENTIAL, false)) {
      jobs.add(sequences(settings, topics));
    }
    if (settings.flag(TrainTabular.ENABLED, false)) {
      jobs.add(tabular(settings, topics));
    }
    return jobs;
  }

  public static Job factors(TrainingSettings settings, TrainingInputs inputs) {
    return new Job(
        TrainFactors.NAME,
        true,
        (config, ends) ->
            TrainFactors.build(inputs.events(ends), () -> inputs.profiles(ends), settings)
                .sinkTo(new DiscardingSink<>()));
  }

  public static Job bridge(TrainingSettings settings, TrainingInputs inputs) {
    return new Job(
        TrainBridge.NAME,
        true,
        (config, ends) ->
            TrainBridge.build(
                inputs.events(ends).union(inputs.profiles(ends)), settings, ends.toStore()));
  }

  public static Job projection(TrainingSettings settings, TrainingInputs inputs) {
    return new Job(
        TrainProjection.NAME,
        true,
        (config, ends) ->
            TrainProjection.build(
                    inputs.events(ends).union(inputs.items(ends), inputs.vectors(ends)),
                    settings,
                    Openers.indexes(config))
                .sinkTo(new DiscardingSink<>()));
  }

  public static Job meta(TrainingSettings settings, TrainingInputs inputs) {
    return new Job(
        TrainMeta.NAME,
        true,
        (config, ends) ->
            TrainMeta.build(
                    inputs
                        .events(ends)
                        .union(inputs.items(ends), inputs.vectors(ends), inputs.profiles(ends)),
                    settings)
                .sinkTo(new DiscardingSink<>()));
  }

  public static Job sequences(TrainingSettings settings, TrainingInputs inputs) {
    return new Job(
        TrainSequences.NAME,
        true,
        (config, ends) ->
            TrainSequences.build(inputs.events(ends), settings).sinkTo(new DiscardingSink<>()));
  }

  public static Job tabular(TrainingSettings settings, TrainingInputs inputs) {
    return new Job(
        TrainTabular.NAME,
        true,
        (config, ends) ->
            TrainTabular.build(inputs.events(ends).union(inputs.items(ends)), settings)
                .sinkTo(new DiscardingSink<>()));
  }

  public static Job segments(TrainingSettings settings, TrainingInputs inputs) {
    return new Job(
        TrainSegments.NAME,
        true,
        (config, ends) ->
            TrainSegments.build(
                inputs.events(ends).union(inputs.profiles(ends)), settings, ends.toUserSegments()));
  }

  public static Job routing(TrainingSettings settings, TrainingInputs inputs) {
    return new Job(
        TrainRouting.NAME,
        true,
        (config, ends) ->
            TrainRouting.build(inputs.events(ends).union(inputs.profiles(ends)), settings)
                .sinkTo(new DiscardingSink<>()));
  }
}
