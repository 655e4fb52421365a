package dev.thaw.featuredefinitions.vocabulary;

import java.io.Serializable;

/** A catalogue with items of its own: movies, books, a country, a new category. */
public record DomainId(String value) implements Comparable<DomainId>, Serializable {
  public DomainId {
    Ids.check("domain", value);
  }

  public static DomainId of(String value) {
    return new DomainId(value);
  }

  @Override
  public int compareTo(DomainId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
