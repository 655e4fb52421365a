package dev.thaw.models.served;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.models.bridge.GatedBridge;
import dev.thaw.models.bridge.MappingSource;
import dev.thaw.models.bridge.VectorBlend;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.UserVector;
import dev.thaw.models.history.History;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A held-out user as vectors of the target's factor space, as the jobs and serving make them: the
 * own vector, the one mapped from another domain, and both blended. Immutable, thread-safe.
 */
final class UserVectors {
  private final FactorModel target;
  private final List<Source> sources;

  /**
   * @param factors of the source
   */
  record Source(GatedBridge bridge, FactorModel factors) {}

  /**
   * @param interactions of the history in the source
   * @param trust interactions of the target that weigh as much
   */
  record Mapped(UserVector vector, DomainId source, long interactions, double trust) {}

  UserVectors(FactorModel target, List<Source> sources) {
    this.target = target;
    this.sources = List.copyOf(sources);
  }

  FactorModel target() {
    return target;
  }

  /** Bridges of the pairs that could be trained, whether their gates let anybody pass or not. */
  List<GatedBridge> bridges() {
    return sources.stream().map(Source::bridge).toList();
  }

  void score(UserVector vector, float[] out) {
    target.score(vector, out);
  }

  /** Folded in from what was liked in the target; empty if the model knows none of it. */
  Optional<UserVector> own(Evidence user) {
    return Optional.of(target.foldIn(user.support())).filter(UserVectors::pointsSomewhere);
  }

  /** Liked items of the target that the own vector is made of. */
  int counted(Evidence user) {
    return target.counted(user.support());
  }

  /** From the source with the longest history; empty if no gate admits the user. */
  Optional<Mapped> mapped(Evidence user) {
    Optional<MappingSource<Source>> from =
        MappingSource.longest(
            sources,
            Source::bridge,
            source -> user.sources().getOrDefault(source.bridge.bridge().source(), History.EMPTY));
    return from.flatMap(found -> mapped(found.source(), found.history()));
  }

  private static Optional<Mapped> mapped(Source from, History history) {
    return from.bridge
        .map(history, from.factors)
        .filter(UserVectors::pointsSomewhere)
        .map(
            vector ->
                new Mapped(
                    vector,
                    from.bridge.bridge().source(),
                    history.interactions(),
                    from.bridge.decision().trust()));
  }

  /** Of the own and the mapped vector what there is, blended where there are both. */
  Optional<UserVector> blended(Evidence user) {
    Optional<UserVector> own = own(user);
    Optional<Mapped> mapped = mapped(user);
    if (own.isEmpty() || mapped.isEmpty()) {
      return own.or(() -> mapped.map(Mapped::vector));
    }
    return Optional.of(
        VectorBlend.of(own.get(), counted(user), mapped.get().vector(), mapped.get().trust()));
  }

  /** A zero vector ranks nothing. */
  private static boolean pointsSomewhere(UserVector vector) {
    return IntStream.range(0, vector.rank()).anyMatch(i -> vector.get(i) != 0);
  }
}
