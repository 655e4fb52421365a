package dev.thaw.serving.pipeline;

import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.models.meta.AdaptedLayers;
import dev.thaw.models.meta.MetaModel;
import dev.thaw.models.routing.UserKnowledge;
import dev.thaw.serving.breaker.Degradation;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Rows of {@code user_adapted} under the model that serves. */
final class LayerRows {
  private static final Degradation VERSION = new Degradation("meta-layers", "version");

  private LayerRows() {}

  /**
   * Layers of another model are named and not used.
   *
   * @param active null where no model serves
   * @throws IllegalArgumentException if the row can't be read
   */
  static UserState.Adapted read(
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
