package dev.thaw.flinkjobs.trainbridge;

import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import dev.thaw.flinkjobs.streams.ViewRow;
import dev.thaw.flinkjobs.training.TrainingData;
import dev.thaw.models.artefact.ArtefactSet;
import dev.thaw.models.bridge.GatedBridge;
import dev.thaw.models.bridge.MappingSource;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.UserVector;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Rows of the view {@code user_mapped} of one target domain: for each user of the sources the
 * vector mapped from where the user has the longest history, under the new factors and, as {@code
 * previous_*}, under those that are served now. Anonymous sessions have none: nothing would ever
 * delete theirs.
 */
final class MappedUsers {
  private final TrainingData data;
  private final DomainId target;
  private final List<From> sources;
  private final Optional<ArtefactSet> active;

  /**
   * @param version of the bridge
   * @param targetSpace of users under the target's factors
   */
  record From(
      DomainId source,
      GatedBridge bridge,
      String version,
      FactorModel sourceFactors,
      VectorSpace targetSpace) {}

  MappedUsers(
      TrainingData data, DomainId target, List<From> sources, Optional<ArtefactSet> active) {
    this.data = data;
    this.target = target;
    this.sources = List.copyOf(sources);
    this.active = active;
  }

  void rows(Consumer<ViewRow> out) {
    Map<DomainId, Interactions> histories = new HashMap<>();
    Set<UserId> users = new TreeSet<>();
    for (From from : sources) {
      data.interactions(from.source).ifPresent(all -> histories.put(from.source, all));
    }
    histories.values().forEach(all -> users.addAll(all.users()));
    for (UserId user : users) {
      if (!UserId.isSession(user.value())) {
        row(user, histories).ifPresent(out);
      }
    }
  }

  private Optional<ViewRow> row(UserId user, Map<DomainId, Interactions> histories) {
    Optional<MappingSource<From>> found =
        MappingSource.longest(
            sources, From::bridge, from -> history(histories.get(from.source), user));
    if (found.isEmpty()) {
      return Optional.empty();
    }
    From best = found.get().source();
    History longest = found.get().history();
    Optional<GatedBridge.Mapped> mapped = best.bridge.map(longest, best.sourceFactors);
    if (mapped.isEmpty()) {
      return Optional.empty();
    }
    UserVector vector = mapped.get().vector();
    Map<String, FeatureValue> features = new HashMap<>();
    features.put("vector", FeatureValue.Float32s.copyOf(vector.vector()));
    features.put("space", new FeatureValue.Text(best.targetSpace.key()));
    features.put("bias", new FeatureValue.Float64(vector.bias()));
    features.put("source_domain", new FeatureValue.Text(best.source.value()));
    features.put("source_interactions", new FeatureValue.Int64(longest.interactions()));
    addPlace(mapped.get(), best.bridge, best.version, "", features);
    addPrevious(best.source, longest, features);
    FeatureRow row =
        new FeatureRow(
            EntityKey.of("user_id", user.value(), "domain", target.value()), features, data.end());
    return Optional.of(new ViewRow(TrainBridge.VIEW, row));
  }

  private static History history(@Nullable Interactions all, UserId user) {
    return all == null ? History.EMPTY : all.history(user);
  }

  private static void addPlace(
      GatedBridge.Mapped mapped,
      GatedBridge bridge,
      String version,
      String prefix,
      Map<String, FeatureValue> features) {
    if (mapped.place() != null) {
      String space = bridge.rankingSpace(version).orElseThrow().key();
      features.put(prefix + "ranking_vector", FeatureValue.Float32s.copyOf(mapped.place()));
      features.put(prefix + "ranking_space", new FeatureValue.Text(space));
    }
  }

  private void addPrevious(DomainId source, History history, Map<String, FeatureValue> features) {
    if (active.isEmpty()) {
      return;
    }
    ArtefactSet set = active.get();
    var factors = set.factors(source);
    var targetFactors = set.factors(target);
    var bridge = set.bridge(source, target);
    if (factors.isEmpty() || targetFactors.isEmpty() || bridge.isEmpty()) {
      return;
    }
    bridge
        .get()
        .model()
        .map(history, factors.get().model())
        .ifPresent(
            mapped -> {
              addPlace(mapped, bridge.get().model(), bridge.get().version(), "previous_", features);
              features.put(
                  "previous_vector", FeatureValue.Float32s.copyOf(mapped.vector().vector()));
              FactorModel served = targetFactors.get().model();
              features.put(
                  "previous_space",
                  new FeatureValue.Text(served.userSpace(targetFactors.get().version()).key()));
            });
  }
}
