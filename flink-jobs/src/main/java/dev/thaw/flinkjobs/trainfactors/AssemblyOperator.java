package dev.thaw.flinkjobs.trainfactors;

import dev.thaw.flinkjobs.blockedals.BlockMessage;
import dev.thaw.flinkjobs.blockedals.ModelPlan;
import dev.thaw.flinkjobs.blockedals.Models;
import dev.thaw.flinkjobs.training.RunArtefacts;
import dev.thaw.flinkjobs.training.TrainingSettings;
import dev.thaw.models.artefact.ArtefactKind;
import dev.thaw.models.factors.FactorBlock;
import dev.thaw.models.factors.FactorKind;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.ItemBlocks;
import dev.thaw.models.interactions.RatingScale;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/** Puts the blocks of items of each model together, in one task, and writes the model. */
final class AssemblyOperator extends AbstractStreamOperator<String>
    implements OneInputStreamOperator<BlockMessage, String>, BoundedOneInput {
  private static final long serialVersionUID = 1L;

  private final Models models;
  private final TrainingSettings settings;
  private final Map<String, String> how;
  private transient @Nullable TreeMap<Integer, Trained> trained;

  private record Trained(ModelPlan plan, List<FactorBlock> blocks) {}

  AssemblyOperator(Models models, TrainingSettings settings, Map<String, String> how) {
    this.models = models;
    this.settings = settings;
    this.how = how;
  }

  @Override
  public void open() throws Exception {
    super.open();
    trained = new TreeMap<>();
  }

  @Override
  public void processElement(StreamRecord<BlockMessage> element) {
    BlockMessage message = element.getValue();
    ModelPlan plan = Objects.requireNonNull(message.plan);
    Objects.requireNonNull(trained)
        .computeIfAbsent(message.model, any -> new Trained(plan, new ArrayList<>()))
        .blocks
        .add(Objects.requireNonNull(message.block));
  }

  @Override
  public void endInput() {
    WrittenModels written =
        new WrittenModels(
            RunArtefacts.open(settings), how, said -> output.collect(new StreamRecord<>(said)));
    Objects.requireNonNull(trained)
        .values()
        .forEach(model -> write(model.plan, model.blocks, written));
    trained = null;
  }

  private void write(ModelPlan plan, List<FactorBlock> blocks, WrittenModels written) {
    int model = plan.model();
    ItemBlocks items = ItemBlocks.of(models.domain(model).name(), blocks);
    FactorModel factors = items.model(plan.parameters(), RatingScale.of(models.domain(model)));
    if (models.kind(model) == FactorKind.EXPLICIT) {
      written.write(
          ArtefactKind.RATINGS,
          factors,
          TrainFactors.EXPLICIT,
          plan.params(),
          plan.dataHash(),
          plan.metrics());
      return;
    }
    written.write(
        ArtefactKind.POPULARITY,
        items.popularity(),
        "popularity",
        Map.of(),
        plan.dataHash(),
        Map.of());
    written.write(
        ArtefactKind.FACTORS,
        factors,
        TrainFactors.IMPLICIT,
        plan.params(),
        plan.dataHash(),
        plan.metrics());
  }
}
