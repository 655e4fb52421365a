package dev.thaw.serving.pipeline;

import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.models.meta.AdaptedLayers;
import dev.thaw.models.meta.MetaModel;
import dev.thaw.models.routing.UserKnowledge;
import dev.thaw.serving.breaker.Degradation;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rows of {@code user_adapted} under the model that serves. */
final class LayerRows {
  private static final Logger LOG = LoggerFactory.getLogger(LayerRows.class);
  private static final Degradation VERSION = new Degradation("meta-layers", "version");
  private static final Degradation MALFORMED = new Degradation("meta-layers", "malformed");

  private LayerRows() {}

  /**
   * Layers of another model are named and not used.
   *
   * @param active null where no model serves
   * @return null for a row that can't be read, which is reported: the user's other rows are as good
   *     as before
   */
  static UserState.@Nullable Adapted read(
      FeatureRow row, @Nullable MetaModel active, Consumer<Degradation> report) {
    try {
      return readable(row, active, report);
    } catch (IllegalArgumentException e) {
      LOG.error("adapted layers of {} can't be read", row.key(), e);
      report.accept(MALFORMED);
      return null;
    }
  }

  private static UserState.Adapted readable(
      FeatureRow row, @Nullable MetaModel active, Consumer<Degradation> report) {
    AdaptedLayers layers = AdaptedLayers.of(row);
    String serves = active == null ? null : active.version();
    UserKnowledge.Adapted known =
        new UserKnowledge.Adapted(interactions(row), layers.metaVersion(), serves);
    if (active == null || !layers.metaVersion().equals(serves)) {
      report.accept(VERSION);
      return new UserState.Adapted(null, known);
    }
    active.requireOwn(layers);
    return new UserState.Adapted(layers, known);
  }

  private static long interactions(FeatureRow row) {
    return row.get("interactions").orElse(null) instanceof FeatureValue.Int64 n ? n.value() : 0;
  }
}
