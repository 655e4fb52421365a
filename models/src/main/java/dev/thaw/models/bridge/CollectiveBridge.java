package dev.thaw.models.bridge;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.history.History;
import java.util.Arrays;

/**
 * Collective matrix factorisation, Singh and Gordon, KDD 2008, section 4, for ranking: both
 * domains' items are factors in one space of users, so that a user is folded in from what is liked
 * in the source and ranked by the target's items. O(history d^2 + d^3). Immutable, thread-safe.
 */
public final class CollectiveBridge implements PlacingBridge {
  static final String NAME = "cmf";

  private final FactorModel sourceItems;
  private final OwnSpace own;

  /**
   * @param sourceItems in the space of users, which is that of {@code own} but for the bias
   */
  CollectiveBridge(FactorModel sourceItems, OwnSpace own) {
    this.sourceItems = sourceItems;
    this.own = own.requireRank(sourceItems.rank() + 1);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public DomainId source() {
    return sourceItems.domain();
  }

  @Override
  public OwnSpace own() {
    return own;
  }

  @Override
  public boolean knows(History history) {
    return sourceItems.counted(history) > 0;
  }

  /** The folded-in vector, and a one that meets the items' biases. */
  @Override
  public float[] place(History history, FactorModel sourceModel) {
    int rank = sourceItems.rank();
    float[] place = Arrays.copyOf(sourceItems.foldIn(history).vector(), rank + 1);
    place[rank] = 1;
    return place;
  }

  @Override
  public void write(BinaryWriter out) {
    out.writeText(target().value());
    sourceItems.write(out);
    own.write(out);
  }

  static CollectiveBridge read(BinaryReader in) {
    DomainId target = DomainId.of(in.readText());
    FactorModel sourceItems = FactorModel.read(in);
    return new CollectiveBridge(sourceItems, OwnSpace.read(target, in));
  }
}
