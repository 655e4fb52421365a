package dev.thaw.serving.pipeline;

import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.models.routing.UserKnowledge;
import dev.thaw.serving.pipeline.UserState.MappedVector;
import dev.thaw.serving.pipeline.UserState.UserVector;
import dev.thaw.serving.snapshot.DomainModels;
import dev.thaw.serving.snapshot.ServedBridge;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Vectors of {@code user_factors} and {@code user_mapped} under one artefact set. One of another
 * space than the set's counts as missing unless it is the previous one beside it.
 */
final class VectorRows {
  private VectorRows() {}

  static @Nullable UserVector vector(FeatureRow row, DomainModels models, String countedIn) {
    DomainModels.Factors factors = models.factors();
    if (factors == null) {
      return null;
    }
    String wanted = factors.space().key();
    for (String prefix : List.of("", "previous_")) {
      float[] vector = RowValues.floats(row, prefix + "vector");
      if (vector != null
          && vector.length == factors.items().rank()
          && wanted.equals(RowValues.text(row, prefix + "space"))) {
        return new UserVector(
            vector,
            RowValues.number(row, prefix + "bias", 0),
            (long) RowValues.number(row, countedIn, 0));
      }
    }
    return null;
  }

  /** A zero vector, of a user who liked nothing the model knows, ranks nothing. */
  static boolean pointsSomewhere(float[] vector) {
    for (float each : vector) {
      if (each != 0) {
        return true;
      }
    }
    return false;
  }

  static @Nullable MappedVector mapped(FeatureRow row, DomainModels models) {
    UserVector vector = vector(row, models, "source_interactions");
    String source = RowValues.text(row, "source_domain");
    if (vector == null || source == null || !pointsSomewhere(vector.vector())) {
      return null;
    }
    DomainId from = DomainId.of(source);
    return new MappedVector(
        vector,
        place(row, models.ranked(from)),
        from,
        models.bridgeAdmits(from, vector.interactions()),
        UserKnowledge.Mapped.confidenceOf(vector.interactions()));
  }

  private static float @Nullable [] place(FeatureRow row, ServedBridge.@Nullable Ranked ranked) {
    for (String prefix : List.of("", "previous_")) {
      float[] place = RowValues.floats(row, prefix + "ranking_vector");
      if (ranked != null && ranked.admits(RowValues.text(row, prefix + "ranking_space"), place)) {
        return place;
      }
    }
    return null;
  }
}
