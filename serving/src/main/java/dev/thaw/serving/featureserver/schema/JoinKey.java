package dev.thaw.serving.featureserver.schema;

import dev.thaw.featuredefinitions.online.FeatureValue;
import java.time.Instant;
import java.util.Optional;

/**
 * A column by which rows of a view are found.
 *
 * @param type that its values have in the store's keys
 */
public record JoinKey(String name, Type type) {

  /** Types that Feast's keys have here. Bytes are left out: JSON has none. */
  public enum Type {
    STRING,
    INT32,
    INT64,
    UNIX_TIMESTAMP
  }

  /** A caller's value in this key's type; empty if it is of another or out of its range. */
  public Optional<FeatureValue> read(FeatureValue given) {
    if (type == Type.STRING) {
      return given instanceof FeatureValue.Text ? Optional.of(given) : Optional.empty();
    }
    if (type == Type.UNIX_TIMESTAMP && given instanceof FeatureValue.Timestamp) {
      return Optional.of(given);
    }
    if (given instanceof FeatureValue.Int64 number) {
      return read(number.value());
    }
    return given instanceof FeatureValue.Int32 number ? read(number.value()) : Optional.empty();
  }

  private Optional<FeatureValue> read(long number) {
    return switch (type) {
      case INT64 -> Optional.of(new FeatureValue.Int64(number));
      case INT32 ->
          (int) number == number
              ? Optional.of(new FeatureValue.Int32((int) number))
              : Optional.empty();
      case UNIX_TIMESTAMP ->
          number >= Instant.MIN.getEpochSecond() && number <= Instant.MAX.getEpochSecond()
              ? Optional.of(new FeatureValue.Timestamp(Instant.ofEpochSecond(number)))
              : Optional.empty();
      case STRING -> Optional.empty();
    };
  }

  /** What callers have to give, for messages. */
  public String bound() {
    return switch (type) {
      case STRING -> "a string";
      case INT32 -> "an integer of 32 bits";
      case INT64 -> "an integer of 64 bits";
      case UNIX_TIMESTAMP -> "a whole number of seconds since 1970";
    };
  }
}
