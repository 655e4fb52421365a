package dev.thaw.featuredefinitions.config;

import static dev.thaw.featuredefinitions.config.Bounds.oneOf;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which policy draws the slots of the bandit. The uniform floor and the number of posterior draws
 * are serving's {@code uniform_floor} and {@code draws}.
 *
 * @param name one of the constants of this class
 * @param parameters by key, each of those that the policy has and no other
 * @param newcomerShare share of the first slot kept for items nothing is known of, in [0, 1)
 * @param allowUnsupported whether a policy may serve that leaves some arm without a chance, so that
 *     off-policy evaluation can't use what it logs
 * @param prior what the reward rate of an arm is assumed by: {@value #BY_RANK} or {@value
 *     #BY_NEIGHBOURS}
 * @param logFeatures whether impressions hold what was known of the user also where the policy
 *     looks at counts alone, so that contextual ones learn from them and can be asked about their
 *     log
 */
public record BanditPolicyConfig(
    String name,
    Map<String, Double> parameters,
    double newcomerShare,
    boolean allowUnsupported,
    String prior,
    boolean logFeatures) {
  public static final String BETA_THOMPSON = "beta-thompson";
  public static final String EPSILON_GREEDY = "epsilon-greedy";
  public static final String EPSILON_DECAYING = "epsilon-decaying";
  public static final String UCB1 = "ucb1";
  public static final String SOFTMAX = "softmax";
  public static final String UNIFORM = "uniform";
  public static final String LINEAR_THOMPSON = "linear-thompson";
  public static final String LIN_UCB = "lin-ucb";

  /** The domain's rate by the arm's place in the ranking. */
  public static final String BY_RANK = "rank";

  /** The same, where what the nearest items by content earned takes part in the rate. */
  public static final String BY_NEIGHBOURS = "neighbours";

  /** Parameter of the linear policies: lambda of their prior. */
  public static final String PRIOR_PRECISION = "prior_precision";

  public static final BanditPolicyConfig USUAL =
      new BanditPolicyConfig(BETA_THOMPSON, Map.of(), 0, false);

  /** With priors by rank. */
  public BanditPolicyConfig(
      String name, Map<String, Double> parameters, double newcomerShare, boolean allowUnsupported) {
    this(name, parameters, newcomerShare, allowUnsupported, BY_RANK);
  }

  /** That logs features only where it looks at them. */
  public BanditPolicyConfig(
      String name,
      Map<String, Double> parameters,
      double newcomerShare,
      boolean allowUnsupported,
      String prior) {
    this(name, parameters, newcomerShare, allowUnsupported, prior, false);
  }

  public BanditPolicyConfig {
    oneOf(
        "name",
        name,
        BETA_THOMPSON,
        EPSILON_DECAYING,
        EPSILON_GREEDY,
        LIN_UCB,
        LINEAR_THOMPSON,
        SOFTMAX,
        UCB1,
        UNIFORM);
    Map<String, Double> left = new TreeMap<>(parameters);
    for (Parameter each : Parameter.values()) {
      if (each.policy.equals(name)) {
        each.require(left.remove(each.key));
      }
    }
    left.forEach(
        (key, value) -> {
          throw new IllegalArgumentException(
              key + " must be left out where name is " + name + ", was " + value);
        });
    // in one order: the policy is named by what this says
    parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
    if (!(newcomerShare >= 0 && newcomerShare < 1)) {
      throw new IllegalArgumentException("newcomer_share must be in [0, 1), was " + newcomerShare);
    }
    oneOf("prior", prior, BY_NEIGHBOURS, BY_RANK);
    if (parameters.getOrDefault("epsilon", 1.0) == 0 && !allowUnsupported) {
      throw new IllegalArgumentException(
          "epsilon must be in (0, 1], was 0.0; 0 needs allow_unsupported: true, as what is logged"
              + " can't be reweighted then");
    }
  }

  /** Whether it decides by what is known of the user. */
  public boolean isContextual() {
    return name.equals(LINEAR_THOMPSON) || name.equals(LIN_UCB);
  }

  /** Whether its impressions hold what was known of the user. */
  public boolean logsFeatures() {
    return logFeatures || isContextual();
  }

  /** The same policy, with other impressions. */
  public BanditPolicyConfig withLogFeatures(boolean logged) {
    return new BanditPolicyConfig(name, parameters, newcomerShare, allowUnsupported, prior, logged);
  }

  /** Whether what the nearest items earned is part of what it assumes of others. */
  public boolean asksNeighbours() {
    return prior.equals(BY_NEIGHBOURS);
  }

  /**
   * @throws IllegalArgumentException if the policy has no such parameter
   */
  public double parameter(String key) {
    Double value = parameters.get(key);
    if (value == null) {
      throw new IllegalArgumentException(name + " has no parameter " + key);
    }
    return value;
  }

  /**
   * @throws IllegalArgumentException if the policy can't do with this floor
   */
  void requireFloor(double floor) {
    boolean mayBeNone = (name.equals(UCB1) || name.equals(LIN_UCB)) && allowUnsupported;
    if (!(floor <= 1 && (floor > 0 || (floor == 0 && mayBeNone)))) {
      throw new IllegalArgumentException(
          "uniform_floor must be in (0, 1], was "
              + floor
              + "; 0 needs ucb1 or lin-ucb and allow_unsupported: true in bandit_policy");
    }
  }

  /** What policies have beside the floor and the number of draws; bounds as in {@code models}. */
  private enum Parameter {
    EPSILON(EPSILON_GREEDY, "epsilon", 0, true, 1),
    C(EPSILON_DECAYING, "c", 0, false, 1_000_000),
    GAP(EPSILON_DECAYING, "gap", 0, false, 1),
    WIDTH(UCB1, "width", 0, false, 100),
    TEMPERATURE(SOFTMAX, "temperature", 0.005, true, 1_000),
    NOISE(LINEAR_THOMPSON, "noise", 0, false, 1_000),
    LINEAR_PRECISION(LINEAR_THOMPSON, PRIOR_PRECISION, 0.1, true, 1e6),
    ALPHA(LIN_UCB, "alpha", 0, true, 1_000),
    UCB_PRECISION(LIN_UCB, PRIOR_PRECISION, 0.1, true, 1e6);

    private final String policy;
    private final String key;
    private final double least;
    private final boolean leastAllowed;
    private final double most;

    Parameter(String policy, String key, double least, boolean leastAllowed, double most) {
      this.policy = policy;
      this.key = key;
      this.least = least;
      this.leastAllowed = leastAllowed;
      this.most = most;
    }

    void require(@Nullable Double value) {
      if (value == null) {
        throw new IllegalArgumentException(key + " must be given where name is " + policy);
      }
      if (!(value <= most && (leastAllowed ? value >= least : value > least))) {
        throw new IllegalArgumentException(
            "%s must be in %s%s, %s], was %s"
                .formatted(key, leastAllowed ? "[" : "(", least, most, value));
      }
    }
  }
}
