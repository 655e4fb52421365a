package dev.thaw.models.bridge;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.UserVector;
import dev.thaw.models.history.History;
import java.util.Arrays;

/**
 * Collective matrix factorisation, Singh and Gordon, KDD 2008, section 4, for ranking: both
 * domains' items are factors in one space of users, so that a user is folded in from what is liked
 * in the source and ranked by the target's items. O(history d^2 + d^3). Immutable, thread-safe.
 */
public final class CollectiveBridge implements PlacingBridge {
  static final String NAME = "cmf";

  private final DomainId target;
  private final FactorModel sourceItems;
  private final RankingSpace space;
  private final FactorImage image;

  /**
   * @param sourceItems in the space of users, which is that of {@code space} but for the bias
   */
  CollectiveBridge(
      DomainId target, FactorModel sourceItems, RankingSpace space, FactorImage image) {
    if (sourceItems.rank() + 1 != space.rank()) {
      throw new IllegalArgumentException(
          "users of rank " + sourceItems.rank() + " need items of one more, had " + space.rank());
    }
    this.target = target;
    this.sourceItems = sourceItems;
    this.space = space;
    this.image = image;
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
  public DomainId target() {
    return target;
  }

  @Override
  public RankingSpace space() {
    return space;
  }

  @Override
  public boolean knows(History history) {
    return sourceItems.counted(history) > 0;
  }

  /** The folded-in vector, and a one that meets the items' biases. */
  @Override
  public float[] place(History history, FactorModel sourceModel) {
    float[] place = Arrays.copyOf(sourceItems.foldIn(history).vector(), space.rank());
    place[space.rank() - 1] = 1;
    return place;
  }

  @Override
  public UserVector image(float[] place, double sourceBias) {
    return image.of(place, sourceBias);
  }

  @Override
  public void write(BinaryWriter out) {
    out.writeText(target.value());
    sourceItems.write(out);
    space.write(out);
    image.write(out);
  }

  static CollectiveBridge read(BinaryReader in) {
    DomainId target = DomainId.of(in.readText());
    FactorModel sourceItems = FactorModel.read(in);
    RankingSpace space = RankingSpace.read(in);
    return new CollectiveBridge(target, sourceItems, space, FactorImage.read(space.rank(), in));
  }
}
