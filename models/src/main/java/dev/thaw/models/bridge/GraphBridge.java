package dev.thaw.models.bridge;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.factors.FactorModel;
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
  private final SourcePropagation users;
  private final OwnSpace own;

  GraphBridge(DomainId source, SourcePropagation users, OwnSpace own) {
    this.source = source;
    this.users = users;
    this.own = own.requireRank(users.placeRank());
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
  public OwnSpace own() {
    return own;
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
  public void write(BinaryWriter out) {
    out.writeText(source.value()).writeText(target().value());
    users.write(out);
    own.write(out);
  }

  static GraphBridge read(BinaryReader in) {
    DomainId source = DomainId.of(in.readText());
    DomainId target = DomainId.of(in.readText());
    SourcePropagation users = SourcePropagation.read(in);
    return new GraphBridge(source, users, OwnSpace.read(target, in));
  }
}
