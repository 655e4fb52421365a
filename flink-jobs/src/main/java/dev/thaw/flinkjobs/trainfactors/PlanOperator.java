package dev.thaw.flinkjobs.trainfactors;

import dev.thaw.flinkjobs.blockedals.ModelPlan;
import dev.thaw.flinkjobs.blockedals.Models;
import dev.thaw.flinkjobs.blockedals.SampledUsers;
import dev.thaw.flinkjobs.training.RunArtefacts;
import dev.thaw.flinkjobs.training.TrainingSettings;
import dev.thaw.models.factors.AlsParameters;
import dev.thaw.models.factors.ExplicitAlsConfig;
import dev.thaw.models.factors.FactorKind;
import dev.thaw.models.factors.ImplicitAlsTuning;
import dev.thaw.models.factors.RatingTuning;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.interactions.UserAttributes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * What one task does with a sample of the users: chooses the parameters of every model, and learns
 * the item-to-item models.
 */
final class PlanOperator extends AbstractStreamOperator<ModelPlan>
    implements OneInputStreamOperator<SampledUsers, ModelPlan>, BoundedOneInput {
  private static final long serialVersionUID = 1L;

  /** What was written, in words. */
  static final OutputTag<String> WRITTEN = new OutputTag<>("written", Types.STRING);

  private final Models models;
  private final TrainingSettings settings;
  private final Map<String, String> how;
  private transient @Nullable TreeMap<Integer, List<SampledUsers>> samples;

  PlanOperator(Models models, TrainingSettings settings, Map<String, String> how) {
    this.models = models;
    this.settings = settings;
    this.how = how;
  }

  @Override
  public void open() throws Exception {
    super.open();
    samples = new TreeMap<>();
  }

  @Override
  public void processElement(StreamRecord<SampledUsers> element) {
    SampledUsers sample = element.getValue();
    Objects.requireNonNull(samples)
        .computeIfAbsent(sample.model(), any -> new ArrayList<>())
        .add(sample);
  }

  @Override
  public void endInput() {
    Objects.requireNonNull(samples)
        .forEach(
            (model, blocks) -> {
              blocks.sort(Comparator.comparingInt(SampledUsers::block));
              plan(model, blocks);
            });
    samples = null;
  }

  private void plan(int model, List<SampledUsers> blocks) {
    Interactions sample = SampledUsers.together(models.domain(model).name(), blocks);
    if (sample.size() == 0) {
      return;
    }
    FactorChoices choices = new FactorChoices(settings);
    RatingScale scale = RatingScale.of(models.domain(model));
    String hash = hash(blocks);
    if (models.kind(model) == FactorKind.IMPLICIT) {
      int rows = blocks.stream().mapToInt(SampledUsers::rows).sum();
      ImplicitAlsTuning.Choice choice = choices.implicit(sample, rows, scale);
      give(
          new ModelPlan(
              model,
              AlsParameters.of(choice.config()),
              settings.random(TrainFactors.IMPLICIT).nextLong(),
              choice.config().toMap(),
              choice.metrics(),
              hash));
      new WrittenModels(
              RunArtefacts.open(settings),
              withSample(sample),
              said -> output.collect(WRITTEN, new StreamRecord<>(said)))
          .writeItemToItem(sample, UserAttributes.NONE, scale, choices, hash);
    } else {
      RatingTuning.Choice<ExplicitAlsConfig> choice =
          choices.ratings(sample, scale).choose(choices.explicit());
      give(
          new ModelPlan(
              model,
              AlsParameters.of(choice.config()),
              settings.random(TrainFactors.ALS).nextLong(),
              choice.config().toMap(),
              choice.metrics(),
              hash));
    }
  }

  private Map<String, String> withSample(Interactions sample) {
    Map<String, String> all = new TreeMap<>(how);
    all.put("sampled_users", "" + sample.rows());
    return all;
  }

  private void give(ModelPlan plan) {
    output.collect(new StreamRecord<>(plan));
  }

  /** SHA-256 over the hashes of the blocks, in their order. */
  private static String hash(List<SampledUsers> blocks) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      blocks.forEach(each -> digest.update(each.hash().getBytes(StandardCharsets.US_ASCII)));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
