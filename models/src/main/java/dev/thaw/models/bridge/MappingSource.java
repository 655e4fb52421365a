package dev.thaw.models.bridge;

import dev.thaw.models.history.History;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The source domain one user is mapped from. A user is mapped from one source only: a longer
 * history says more, and a mean of vectors has the direction of none.
 *
 * @param <S> what a source is to the caller
 * @param history of the user there
 */
public record MappingSource<S>(S source, History history) {
  /**
   * Of the sources whose gate admits the user, the one with the longest history; of equally long
   * ones the first by the id of its domain. Empty if none admits the user.
   *
   * @param history of the user in a source, empty where there is none
   */
  public static <S> Optional<MappingSource<S>> longest(
      Collection<S> sources, Function<S, GatedBridge> bridge, Function<S, History> history) {
    @Nullable MappingSource<S> longest = null;
    for (S source : sources) {
      MappingSource<S> other = new MappingSource<>(source, history.apply(source));
      if (bridge.apply(source).decision().admits(other.length())
          && (longest == null || other.comesBefore(longest, bridge))) {
        longest = other;
      }
    }
    return Optional.ofNullable(longest);
  }

  private int length() {
    return history.entries().size();
  }

  private boolean comesBefore(MappingSource<S> other, Function<S, GatedBridge> bridge) {
    if (length() != other.length()) {
      return length() > other.length();
    }
    Bridge own = bridge.apply(source).bridge();
    return own.source().compareTo(bridge.apply(other.source).bridge().source()) < 0;
  }
}
