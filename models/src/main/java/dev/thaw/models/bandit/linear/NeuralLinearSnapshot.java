package dev.thaw.models.bandit.linear;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.Contexts;
import dev.thaw.models.bandit.Decision;
import dev.thaw.models.bandit.EvidenceSnapshot;
import dev.thaw.models.bandit.Repairs;
import dev.thaw.models.bandit.Ziggurat;
import dev.thaw.models.training.Dot;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Regressions on what a network's last layer makes of users and items: one for all arms, or one for
 * each. Arms without a regression of their own get the one for all, which where each has its own is
 * that before any reward. Immutable, thread-safe.
 */
public final class NeuralLinearSnapshot implements EvidenceSnapshot {
  private final String version;
  private final int d;
  private final NormalInverseGammaPosterior forAll;
  private final Map<ItemId, NormalInverseGammaPosterior> ofArms;
  private final boolean shared;
  private final Repairs repairs;

  NeuralLinearSnapshot(
      String version,
      int d,
      NormalInverseGammaPosterior forAll,
      Map<ItemId, NormalInverseGammaPosterior> ofArms,
      boolean shared,
      Repairs repairs) {
    this.version = version;
    this.d = d;
    this.forAll = forAll;
    this.ofArms = Map.copyOf(ofArms);
    this.shared = shared;
    this.repairs = repairs;
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public Repairs repairs() {
    return repairs;
  }

  /**
   * How often each arm has the largest of joint draws. Of one regression the weights are drawn, as
   * all arms' scores hang together by them; of one an arm the scores.
   */
  int[] winners(Decision<NeuralLinearSnapshot> decision, int draws, SplittableRandom random) {
    double[][] x = wide(decision.contexts(), decision.arms());
    int[] wins = new int[x.length];
    double[] scores = new double[x.length];
    double[] means = new double[x.length];
    double[] widths = new double[x.length];
    NormalInverseGammaPosterior[] posteriors = new NormalInverseGammaPosterior[x.length];
    for (int i = 0; i < x.length && !shared; i++) {
      posteriors[i] = ofArms.getOrDefault(decision.eligible().get(i).item(), forAll);
      means[i] = posteriors[i].mean(x[i]);
      widths[i] = posteriors[i].width(x[i]);
    }
    for (int draw = 0; draw < draws; draw++) {
      if (shared) {
        double[] theta = forAll.weights(random);
        for (int i = 0; i < x.length; i++) {
          scores[i] = Dot.of(theta, 0, x[i], 0, d);
        }
      } else {
        for (int i = 0; i < x.length; i++) {
          double z = Ziggurat.normal(random.nextLong(), random);
          scores[i] = means[i] + posteriors[i].noise(random) * widths[i] * z;
        }
      }
      wins[best(scores, random)]++;
    }
    return wins;
  }

  /** Arms of one score, such as new ones that look alike, have the same chance. */
  private static int best(double[] scores, SplittableRandom random) {
    int first = random.nextInt(scores.length);
    int best = first;
    for (int step = 1; step < scores.length; step++) {
      int arm = (first + step) % scores.length;
      best = scores[arm] > scores[best] ? arm : best;
    }
    return best;
  }

  private double[][] wide(Contexts contexts, int arms) {
    contexts.requireDimension(d);
    double[][] x = new double[arms][];
    for (int i = 0; i < arms; i++) {
      x[i] = Features.wide(contexts.of(i));
    }
    return x;
  }
}
