package dev.thaw.models.projection;

import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;

/**
 * How well a projection does on items that neither it nor the factors were trained on, and that did
 * not choose its ridge weight, each user ranking only those by what it liked of the others; nDCG at
 * 10.
 *
 * @param lambda the ridge weight that was chosen
 * @param targetRidge of what it learned to hit, see {@link ItemPlacer#target}
 * @param ndcg of projected vectors
 * @param ndcgOfContent of the sum of similarities to liked items, the 20 most similar ones; 0
 *     without content vectors
 * @param ndcgOfChance of a random order: what is known of new items without content
 * @param items measured on, 0 where there were too few to measure
 */
public record ProjectionQuality(
    double lambda,
    double targetRidge,
    double ndcg,
    double ndcgOfContent,
    double ndcgOfChance,
    int items) {

  static ProjectionQuality unmeasured(double lambda, double targetRidge) {
    return new ProjectionQuality(lambda, targetRidge, 0, 0, 0, 0);
  }

  void write(BinaryWriter out) {
    out.writeDouble(lambda).writeDouble(targetRidge).writeDouble(ndcg);
    out.writeDouble(ndcgOfContent).writeDouble(ndcgOfChance).writeCount(items);
  }

  static ProjectionQuality read(BinaryReader in) {
    return new ProjectionQuality(
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        in.readDouble(),
        Math.toIntExact(in.readCount()));
  }
}
