package dev.thaw.evaluation.methods;

/** Names of methods that others refer to. */
public final class MethodNames {
  public static final String SEGMENT_POPULARITY = "segment popularity";

  public static final String CONTENT = "content";
  public static final String ITEM_TO_ITEM = "item-to-item";

  /** Item-to-item and the blended vector at once. */
  public static final String FUSED = "item-to-item + als";

  public static final String FACTORS = "implicit-als";

  /** Popular items by the rating that an adapted model predicts. */
  public static final String META_LEARNED = "meta-learned";

  /** SASRec, by the order of the likes. */
  public static final String SEQUENTIAL = "sequential";

  /** By attention to the newest likes, whatever their order. */
  public static final String DIN = "din";

  public static final String MARKOV = "markov chain";

  public static final String CROSS_DOMAIN = "cross-domain";

  /** Followed by the source. */
  public static final String ITEM_RIDGE = "item-to-item ridge";

  /** Of the user's own vector and the mapped one, what there is, blended where there are both. */
  public static final String BLENDED = "cross-domain + als";

  /** A predictor of ratings. */
  public static final String CONTENT_NEIGHBOURS = "content neighbours";

  /** Followed by the training seed. */
  public static final String MELU_SEED = "melu, seed ";

  private MethodNames() {}
}
