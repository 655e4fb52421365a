package dev.thaw.serving.breaker;

/**
 * What an answer had to do without, as it appears in {@code degraded}: {@code vector-index:open}.
 *
 * @param part the dependency, or the kind of input
 * @param reason {@code open} (its breaker), {@code timeout}, {@code error}, {@code overloaded},
 *     {@code stale}, {@code missing}, {@code full}
 */
public record Degradation(String part, String reason) {
  @Override
  public String toString() {
    return part + ":" + reason;
  }
}
