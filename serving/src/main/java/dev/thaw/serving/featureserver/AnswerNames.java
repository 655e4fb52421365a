package dev.thaw.serving.featureserver;

import dev.thaw.serving.featureserver.schema.Projection;

/** How an answer calls its features. */
enum AnswerNames {
  /** {@code view:feature}, of Feast's Java server and client. */
  QUALIFIED {
    @Override
    String of(Projection projection, String feature) {
      return projection.alias() + ":" + feature;
    }
  },
  /** {@code view__feature}, of Feast's Python server where full names are asked for. */
  FULL {
    @Override
    String of(Projection projection, String feature) {
      return projection.alias() + "__" + feature;
    }
  },
  /** The bare name, of Feast's Python server. */
  SHORT {
    @Override
    String of(Projection projection, String feature) {
      return feature;
    }
  };

  abstract String of(Projection projection, String feature);
}
