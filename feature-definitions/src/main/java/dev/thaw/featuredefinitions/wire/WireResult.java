package dev.thaw.featuredefinitions.wire;

import java.util.Optional;

/** What a reader made of one record. */
public sealed interface WireResult<T> {

  record Accepted<T>(T value) implements WireResult<T> {}

  record Rejected<T>(Rejection rejection) implements WireResult<T> {}

  /** The value, empty if the record was rejected. */
  default Optional<T> accepted() {
    return this instanceof Accepted<T> a ? Optional.of(a.value()) : Optional.empty();
  }

  /**
   * @throws IllegalArgumentException with field, value and bound if the record was rejected
   */
  default T orElseThrow() {
    if (this instanceof Accepted<T> a) {
      return a.value();
    }
    throw new IllegalArgumentException(((Rejected<T>) this).rejection().toString());
  }
}
