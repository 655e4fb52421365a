package dev.thaw.models.bridge;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.factors.BiasModel;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.UserVector;
import dev.thaw.models.history.History;
import java.util.ArrayList;
import java.util.List;

/**
 * Collective matrix factorisation, Singh and Gordon, KDD 2008, section 4: two rating matrices share
 * the factors of their users. Biases are each domain's own; the joint model, with small biases of
 * both domains together beside its factors, holds what these leave. A user without ratings in the
 * target gets a learned share of the source bias, and bias and factors of the joint model folded in
 * from the source. O(n d^2 + d^3) a user. Immutable, thread-safe.
 */
public final class CollectiveFactorisation {
  private final DomainId source;
  private final BiasModel sourceBiases;
  private final BiasModel targetBiases;
  private final BiasTransfer transfer;
  private final FactorModel joint;

  /**
   * @param joint of both domains' ratings beyond biases
   */
  CollectiveFactorisation(
      DomainId source,
      BiasModel sourceBiases,
      BiasModel targetBiases,
      BiasTransfer transfer,
      FactorModel joint) {
    this.source = source;
    this.sourceBiases = sourceBiases;
    this.targetBiases = targetBiases;
    this.transfer = transfer;
    this.joint = joint;
  }

  /** An item of one of the domains in the joint model. */
  static ItemId inDomain(DomainId domain, ItemId item) {
    return ItemId.of(domain.value() + '/' + item.value());
  }

  /** A user of whom ratings in the source alone are known. */
  public Cold cold(History sourceHistory) {
    double bias = sourceBiases.userBias(sourceHistory);
    List<History.Entry> beyond = new ArrayList<>();
    for (History.Entry entry : sourceHistory.entries()) {
      double left = entry.strength() - sourceBiases.mean() - bias;
      int item = sourceBiases.items().indexOf(entry.item());
      beyond.add(
          new History.Entry(
              inDomain(source, entry.item()),
              left - sourceBiases.itemBias(item),
              entry.timeMillis()));
    }
    return new Cold(
        transfer.of(bias), joint.foldIn(new History(sourceHistory.interactions(), beyond)));
  }

  /**
   * @param bias in the target
   * @param vector under the joint model
   */
  public record Cold(double bias, UserVector vector) {}

  /**
   * {@code mu + slope b_S + b_i + r}, clipped to the target's scale, with r the joint model's
   * {@code mu' + b_u' + b_i' + <p, q_i>}.
   */
  public double rating(Cold user, ItemId item) {
    int number = targetBiases.items().indexOf(item);
    double beyond = joint.rating(user.vector, inDomain(joint.domain(), item));
    return targetBiases
        .scale()
        .clip(targetBiases.mean() + user.bias + targetBiases.itemBias(number) + beyond);
  }

  /** The same without factors: what they have to beat. */
  public double biasRating(Cold user, ItemId item) {
    return targetBiases.rating(user.bias, targetBiases.items().indexOf(item));
  }

  /** Target bias that one unit of source bias is worth. */
  public double slope() {
    return transfer.slope();
  }
}
