package dev.thaw.serving.snapshot;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserProfile;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.meta.MetaModel;
import dev.thaw.models.routing.RoutingTable;
import dev.thaw.models.segments.Segment;
import dev.thaw.models.segments.SegmentAssignment;
import dev.thaw.models.segments.SegmentModel;
import dev.thaw.models.sequential.SequentialModel;
import dev.thaw.vectorindex.VectorIndex;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the active artefact set holds for one domain; immutable but for the item vectors, which
 * follow the catalogue.
 *
 * @param itemToItem what is liked together
 * @param bridges into this domain, enabled or not, by source
 * @param popularity as of training, for as long as the store has none
 * @param routing which method goes first, null where the configured order is all there is
 * @param sequential goes by the order of likes, null where none was trained
 * @param evidence items to ask newcomers about, best first; empty where no model says which
 */
public record DomainModels(
    @Nullable Factors factors,
    @Nullable LikedTogether itemToItem,
    @Nullable SegmentModel segments,
    Map<DomainId, ServedBridge> bridges,
    PopularityList popularity,
    @Nullable RoutingTable routing,
    @Nullable MetaModel metaLearned,
    @Nullable SequentialModel sequential,
    List<ItemId> evidence) {

  /** Before anything was trained. */
  public static final DomainModels NONE =
      new DomainModels(
          null, null, null, Map.of(), PopularityList.EMPTY, null, null, null, List.of());

  /** Items of a segment's list. */
  private static final int LISTED = 500;

  public DomainModels {
    bridges = Map.copyOf(bridges);
    evidence = List.copyOf(evidence);
  }

  /** Says which items of a history are liked; null before anything was trained. */
  public @Nullable RatingScale scale() {
    if (factors != null) {
      return factors.model().scale();
    }
    return itemToItem == null ? null : itemToItem.model().scale();
  }

  /** Whether the pair passed its negative-transfer gate, and this history is long enough for it. */
  public boolean bridgeAdmits(DomainId source, long sourceInteractions) {
    ServedBridge bridge = bridges.get(source);
    return bridge != null
        && bridge.decision().admits((int) Math.min(Integer.MAX_VALUE, sourceInteractions));
  }

  /** Interactions of this domain that weigh as much as a vector mapped from the other. */
  public double bridgeTrust(DomainId source) {
    ServedBridge bridge = bridges.get(source);
    return bridge == null ? 0 : bridge.decision().trust();
  }

  /** Items in the ranking space of the bridge from a source; null where it has none. */
  public ServedBridge.@Nullable Ranked ranked(DomainId source) {
    ServedBridge bridge = bridges.get(source);
    return bridge == null ? null : bridge.ranked();
  }

  /** The segment of a user; null where nothing can be inferred, or only a thin one. */
  public @Nullable String segment(UserProfile profile, History history) {
    if (segments == null) {
      return null;
    }
    SegmentAssignment assignment =
        factors == null
            ? segments.assign(profile.attributes())
            : segments.assign(profile, history, factors.model());
    return assignment.isWholeDomain() ? null : assignment.segment();
  }

  /** Segments that may have popularity lists of their own. */
  List<String> segmentNames() {
    return segments == null
        ? List.of()
        : segments.segments().stream()
            .map(Segment::name)
            .filter(name -> !name.equals(Segment.WHOLE_DOMAIN))
            .toList();
  }

  /** The top items of a segment as its training counted them. */
  PopularityList segmentPopularity(String name) {
    return segments == null
        ? PopularityList.EMPTY
        : PopularityList.of(segments.segment(name).popularity()).top(LISTED);
  }

  /**
   * A factor model with the index that was made for it.
   *
   * @param space of users, without the bias component: what stored user vectors name
   * @param index of the gated item vectors with their bias as last component
   */
  public record Factors(
      FactorModel model, VectorSpace space, VectorIndex index, ItemVectors items) {}
}
