package dev.thaw.flinkjobs.trainbridge;

import dev.thaw.flinkjobs.training.TrainingSettings;
import dev.thaw.models.bridge.BridgeData;
import dev.thaw.models.bridge.BridgeTrainer;
import dev.thaw.models.bridge.Fallbacks;
import dev.thaw.models.bridge.GatedBridge;
import dev.thaw.models.graph.BiTgcfTrainer;
import dev.thaw.models.training.TrainingDivergedException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains the bridge of one pair, among the candidates that {@code jobs.parameters} ask for beside
 * the usual ones. Where one of those asked for diverges, that is said with step and learning rate,
 * and the usual ones are left: a bridge of before is of other factors.
 */
final class PairTraining {
  /** Whether BiTGCF is a candidate; its parameters are below that name. */
  static final String BITGCF = TrainBridge.NAME + ".bitgcf";

  /** Whether CMF is a candidate. */
  static final String CMF = TrainBridge.NAME + ".cmf";

  private static final Logger LOG = LoggerFactory.getLogger(PairTraining.class);

  private final TrainingSettings settings;
  private final @Nullable BiTgcfTrainer graph;
  private final boolean collective;
  private final Map<String, String> parameters = new HashMap<>();

  /**
   * @throws IllegalArgumentException naming the parameter that makes no sense
   */
  PairTraining(TrainingSettings settings) {
    this.settings = settings;
    this.graph = settings.flag(BITGCF, false) ? graph(settings) : null;
    this.collective = settings.flag(CMF, false);
    if (graph != null) {
      graph.toMap().forEach((name, value) -> parameters.put("bitgcf." + name, value));
    }
    if (collective) {
      parameters.put("cmf", "true");
    }
  }

  private static BiTgcfTrainer graph(TrainingSettings settings) {
    BiTgcfTrainer base = BiTgcfTrainer.DEFAULT;
    return new BiTgcfTrainer(
        settings.intParameter(BITGCF + ".rank", base.rank()),
        settings.parameter(BITGCF + ".own", base.own()),
        settings.parameter(BITGCF + ".learning_rate", base.rate()),
        settings.parameter(BITGCF + ".decay", base.decay()),
        settings.intParameter(BITGCF + ".steps", base.steps()));
  }

  /**
   * @param parameters for the provenance
   */
  record Trained(GatedBridge bridge, Map<String, String> parameters) {}

  /**
   * @param fallbacks that the bridge has to beat
   */
  Trained train(BridgeData data, Fallbacks fallbacks) {
    BridgeTrainer usual = new BridgeTrainer(settings.threads(), fallbacks);
    BridgeTrainer asked = graph == null ? usual : usual.with(graph);
    asked = collective ? asked.withCollective() : asked;
    String purpose = TrainBridge.NAME + data.source().domain() + data.target().domain();
    try {
      return new Trained(asked.fit(data, settings.random(purpose)), parameters);
    } catch (TrainingDivergedException diverged) {
      if (parameters.isEmpty()) {
        throw diverged;
      }
      LOG.error("{}: the usual candidates are left", diverged.getMessage(), diverged);
      return new Trained(
          usual.fit(data, settings.random(purpose)), Map.of("diverged", diverged.getMessage()));
    }
  }
}
