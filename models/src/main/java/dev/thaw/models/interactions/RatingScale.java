package dev.thaw.models.interactions;

import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;

/**
 * The scale on which interactions of a domain are rated.
 *
 * @param positive ratings from here on say that the user liked the item
 */
public record RatingScale(double min, double max, double positive) {
  public RatingScale {
    if (!(min < max) || !(positive >= min && positive <= max)) {
      throw new IllegalArgumentException(
          "scale needs min < max and positive between, was "
              + min
              + ", "
              + max
              + ", positive "
              + positive);
    }
  }

  public static RatingScale of(DomainDefinition domain) {
    return new RatingScale(domain.minRating(), domain.maxRating(), domain.positiveRating());
  }

  public void write(BinaryWriter out) {
    out.writeDouble(min).writeDouble(max).writeDouble(positive);
  }

  public static RatingScale read(BinaryReader in) {
    return new RatingScale(in.readDouble(), in.readDouble(), in.readDouble());
  }

  /** From the lowest to the highest rating. */
  public double range() {
    return max - min;
  }

  public double clip(double rating) {
    return Math.max(min, Math.min(max, rating));
  }

  public boolean isPositive(double strength) {
    return strength >= positive;
  }
}
