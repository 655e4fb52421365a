package dev.thaw.models.meta;

/** Which parameters the inner loop changes. */
public enum AdaptedPart {
  /** The output layer alone: as small as a factor vector. */
  OUTPUT,
  /** Second and output layer: the compact variant, whose first layer is the same for all users. */
  LATER,
  /** All decision layers: MeLU. Lee et al., KDD 2019. */
  DECISION,
  /** Embeddings, too: MAML. Finn et al., ICML 2017. */
  EVERYTHING;

  /** The first place of the flat parameters that adapts. */
  int from(NetworkShape shape) {
    return switch (this) {
      case OUTPUT -> shape.output();
      case LATER -> shape.second();
      case DECISION, EVERYTHING -> 0;
    };
  }

  /** One past the last that adapts, of {@code all} parameters. */
  int to(NetworkShape shape, int all) {
    return this == EVERYTHING ? all : shape.size();
  }
}
