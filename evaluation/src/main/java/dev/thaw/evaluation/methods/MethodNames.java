package dev.thaw.evaluation.methods;

/** Names of methods that others refer to. */
public final class MethodNames {
  public static final String SEGMENT_POPULARITY = "segment popularity";
  public static final String COSINE_WITH_POPULARITY = "cosine + popularity";
  public static final String CONTENT = "content";
  public static final String FACTORS = "implicit-als";
  public static final String CROSS_DOMAIN = "cross-domain";

  private MethodNames() {}
}
