package dev.thaw.featuredefinitions.vocabulary;

/** Names one answer of the online API; events refer to it as what they react to. */
public record RequestId(String value) implements Comparable<RequestId> {
  public RequestId {
    Ids.check("request_id", value);
  }

  public static RequestId of(String value) {
    return new RequestId(value);
  }

  @Override
  public int compareTo(RequestId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
