package dev.thaw.serving.snapshot;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import dev.thaw.featuredefinitions.vocabulary.DecisionFeatures;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.Fading;
import dev.thaw.models.bandit.PosteriorSnapshot;
import dev.thaw.models.bandit.linear.ArmsSnapshot;
import dev.thaw.models.bandit.linear.InterceptPriors;
import dev.thaw.models.bandit.linear.LinearPosteriors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What was learned of a domain's arms in one space of features, over what was counted of them in
 * any. Immutable.
 *
 * @param space that of the artefact set that was active when it was made
 * @param counted of the same configuration and reward, what the space's sums hold included
 */
public record LinearRanks(
    LinearForm form, ContextSpace space, ArmsSnapshot evidence, PosteriorSnapshot counted) {
  /** What is assumed of arms before the features of a space have taught anything. */
  public static final InterceptPriors INTERCEPTS = InterceptPriors.DEFAULT;

  /**
   * Evidence for these features; where they are of another space, as for a moment after another set
   * was swapped in, that of counts alone.
   */
  public ArmsSnapshot of(DecisionFeatures features) {
    if (features.space().equals(space.name())) {
      return evidence;
    }
    ContextSpace other = ContextSpace.of(features);
    LinearPosteriors none = form.over(other.dimension());
    String version = version(other, Fading.NEVER, Map.of(), none, counted);
    return none.snapshot(version, INTERCEPTS, counted, Fading.NEVER, Fading.NONE);
  }

  /**
   * The same on every server that read the same rows, whenever it did.
   *
   * @param asOf to when sums have faded, epoch milliseconds
   * @param rows a hash of each arm's sums
   */
  static String version(
      ContextSpace space,
      long asOf,
      Map<ItemId, HashCode> rows,
      LinearPosteriors posteriors,
      PosteriorSnapshot counted) {
    List<HashCode> parts = new ArrayList<>(1 + rows.size());
    parts.add(
        Hashing.murmur3_128()
            .newHasher()
            // names the domain too
            .putUnencodedChars(counted.version())
            .putUnencodedChars(space.name())
            .putLong(asOf)
            .hash());
    rows.forEach(
        (item, row) ->
            parts.add(
                Hashing.murmur3_128()
                    .newHasher()
                    .putUnencodedChars(item.value())
                    .putBytes(row.asBytes())
                    .putBoolean(posteriors.isFull(item))
                    .hash()));
    return Hashing.combineUnordered(parts).toString();
  }
}
