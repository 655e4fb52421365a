package dev.thaw.models.bridge;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.kernel.RankingSpace;

/**
 * The target's side of a bridge that ranks in a space of its own.
 *
 * @param image of the space in the target's factors
 */
record OwnSpace(DomainId target, RankingSpace space, FactorImage image) {
  /** With the image of all that was learned from. */
  static OwnSpace of(
      RankingSpace space, BridgeData data, Overlap overlap, FactorModel targetModel) {
    return new OwnSpace(
        data.target().domain(),
        space,
        FactorImage.of(space, targetModel, overlap.biasTransfer(data.sourceModel())));
  }

  /** Refuses users' vectors of another length, which come from what is beside it. */
  OwnSpace requireRank(int users) {
    if (users != space.rank()) {
      throw new IllegalArgumentException(
          "users of rank " + users + " need items of the same, had " + space.rank());
    }
    return this;
  }

  /** All but the target. */
  void write(BinaryWriter out) {
    space.write(out);
    image.write(out);
  }

  static OwnSpace read(DomainId target, BinaryReader in) {
    RankingSpace space = RankingSpace.read(in);
    return new OwnSpace(target, space, FactorImage.read(space.rank(), in));
  }
}
