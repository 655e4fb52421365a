package dev.thaw.models.served;

import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.ItemDictionary;
import dev.thaw.models.segments.SegmentModel;
import java.util.Arrays;

/**
 * What is popular in the segment that a user is inferred to be in, as serving ranks it; in the
 * whole domain where none can be inferred.
 *
 * @param items of a score
 */
record SegmentPopularity(SegmentModel segments, FactorModel factors, ItemDictionary items) {
  /**
   * @param history in the domain
   * @param out one score per item, by its number
   */
  void score(UserProfile profile, History history, float[] out) {
    Arrays.fill(out, 0);
    String segment = segments.assign(profile, history, factors).segment();
    for (var counted : segments.segment(segment).popularity().ranked()) {
      int item = items.indexOf(counted.item());
      if (item >= 0) {
        out[item] = (float) counted.count();
      }
    }
  }
}
