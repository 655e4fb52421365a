package dev.thaw.serving.snapshot;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import dev.thaw.featuredefinitions.vocabulary.DecisionFeatures;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.linear.LinearEvidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What was learned of a domain's arms in one space of features. Immutable.
 *
 * @param space that of the artefact set that was active when it was made
 */
public record LinearRanks(
    DomainId domain, LinearForm form, ContextSpace space, LinearEvidence evidence) {

  static LinearRanks nothing(DomainId domain, LinearForm form, ContextSpace space) {
    return new LinearRanks(
        domain,
        form,
        space,
        form.over(space.dimension()).snapshot(version(domain, space, Map.of())));
  }

  /**
   * Evidence for these features; that of no arm where they are of another space, as for a moment
   * after another set was swapped in.
   */
  public LinearEvidence of(DecisionFeatures features) {
    return features.space().equals(space.name())
        ? evidence
        : nothing(domain, form, ContextSpace.of(features)).evidence();
  }

  /**
   * The same on every server that read the same rows, whenever it did.
   *
   * @param rows a hash of each arm's row
   */
  static String version(DomainId domain, ContextSpace space, Map<ItemId, HashCode> rows) {
    List<HashCode> parts = new ArrayList<>(1 + rows.size());
    parts.add(
        Hashing.murmur3_128()
            .newHasher()
            .putUnencodedChars(domain.value())
            .putChar('\n')
            .putUnencodedChars(space.name())
            .hash());
    rows.forEach(
        (item, row) ->
            parts.add(
                Hashing.murmur3_128()
                    .newHasher()
                    .putUnencodedChars(item.value())
                    .putBytes(row.asBytes())
                    .hash()));
    return Hashing.combineUnordered(parts).toString();
  }
}
