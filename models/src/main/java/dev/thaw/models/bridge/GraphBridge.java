package dev.thaw.models.bridge;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.UserVector;
import dev.thaw.models.graph.SourcePropagation;
import dev.thaw.models.history.History;

/**
 * Ranks by BiTGCF, Liu et al., CIKM 2020: a user's place is what the propagated items of the source
 * history give, so that one who came after the training has one, too; items' vectors are the
 * propagated ones of the target with their biases. O(history d). Immutable, thread-safe.
 */
public final class GraphBridge implements PlacingBridge {
  static final String NAME = "bitgcf";

  private final DomainId source;
  private final DomainId target;
  private final SourcePropagation users;
  private final RankingSpace space;
  private final FactorImage image;

  GraphBridge(
      DomainId source,
      DomainId target,
      SourcePropagation users,
      RankingSpace space,
      FactorImage image) {
    if (users.placeRank() != space.rank()) {
      throw new IllegalArgumentException(
          "users of rank " + users.placeRank() + " need items of the same, had " + space.rank());
    }
    this.source = source;
    this.target = target;
    this.users = users;
    this.space = space;
    this.image = image;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public DomainId source() {
    return source;
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
    return users.knows(history);
  }

  @Override
  public float[] place(History history, FactorModel sourceModel) {
    return users.place(history);
  }

  @Override
  public UserVector image(float[] place, double sourceBias) {
    return image.of(place, sourceBias);
  }

  @Override
  public void write(BinaryWriter out) {
    out.writeText(source.value()).writeText(target.value());
    users.write(out);
    space.write(out);
    image.write(out);
  }

  static GraphBridge read(BinaryReader in) {
    DomainId source = DomainId.of(in.readText());
    DomainId target = DomainId.of(in.readText());
    SourcePropagation users = SourcePropagation.read(in);
    RankingSpace space = RankingSpace.read(in);
    return new GraphBridge(source, target, users, space, FactorImage.read(space.rank(), in));
  }
}
