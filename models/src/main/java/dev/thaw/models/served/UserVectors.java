package dev.thaw.models.served;

import com.google.common.collect.MapMaker;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.models.bridge.GatedBridge;
import dev.thaw.models.bridge.MappingSource;
import dev.thaw.models.bridge.VectorBlend;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.UserVector;
import dev.thaw.models.history.History;
import dev.thaw.models.kernel.RankingSpace;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A held-out user as vectors of the target's factor space, as the jobs and serving make them: the
 * own vector, the one mapped from another domain, and both blended. Thread-safe.
 */
final class UserVectors {
  private final FactorModel target;
  private final List<Source> sources;

  /** By identity, for as long as the evidence is in use: each method asks for it again. */
  private final ConcurrentMap<Evidence, Optional<Mapped>> mapped =
      new MapMaker().weakKeys().makeMap();

  /**
   * @param factors of the source
   */
  record Source(GatedBridge bridge, FactorModel factors) {}

  /**
   * @param place in the ranking space of the bridge, null where it has none
   * @param interactions of the history in the source
   */
  record Mapped(UserVector vector, @Nullable Placed place, GatedBridge bridge, long interactions) {
    DomainId source() {
      return bridge.bridge().source();
    }

    /** Interactions of the target that weigh as much. */
    double trust() {
      return bridge.decision().trust();
    }
  }

  /** A user in a ranking space. */
  @SuppressWarnings("ArrayRecordComponent")
  record Placed(RankingSpace space, float[] user) {}

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

  /** By the mapped vector alone, in the ranking space of its bridge where it has one. */
  boolean scoreMapped(Evidence user, float[] out) {
    Optional<Mapped> mapped = mapped(user);
    mapped.ifPresent(
        known -> {
          if (known.place == null) {
            score(known.vector, out);
          } else {
            known.place.space.score(known.place.user, out);
          }
        });
    return mapped.isPresent();
  }

  /** By own and mapped vector blended; by the mapped one alone where there is no own one. */
  boolean scoreBlended(Evidence user, float[] out) {
    Optional<UserVector> own = own(user);
    if (own.isEmpty()) {
      return scoreMapped(user, out);
    }
    score(blended(user, own.get()), out);
    return true;
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
    return mapped.computeIfAbsent(user, this::map);
  }

  private Optional<Mapped> map(Evidence user) {
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
        .filter(known -> pointsSomewhere(known.vector()))
        .map(
            known ->
                new Mapped(
                    known.vector(),
                    placed(from.bridge, known.place()),
                    from.bridge,
                    history.interactions()));
  }

  private static @Nullable Placed placed(GatedBridge bridge, float @Nullable [] place) {
    return place == null
        ? null
        : bridge.rankingSpace().map(space -> new Placed(space, place)).orElse(null);
  }

  /** The own vector with the mapped one blended in where there is one. */
  UserVector blended(Evidence user, UserVector own) {
    return mapped(user)
        .map(mapped -> VectorBlend.of(own, counted(user), mapped.vector(), mapped.trust()))
        .orElse(own);
  }

  /** A zero vector ranks nothing. */
  private static boolean pointsSomewhere(UserVector vector) {
    return IntStream.range(0, vector.rank()).anyMatch(i -> vector.get(i) != 0);
  }
}
