package dev.thaw.flinkjobs.foldinusers;

import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.wire.ArtefactAnnouncement;
import dev.thaw.flinkjobs.histories.HistoryViewFold;
import dev.thaw.flinkjobs.keyed.AnnouncedFold;
import dev.thaw.flinkjobs.keyed.FoldContext;
import dev.thaw.flinkjobs.keyed.ViewKeys;
import dev.thaw.flinkjobs.streams.ViewRow;
import dev.thaw.models.artefact.ArtefactKind;
import dev.thaw.models.artefact.ArtefactSet.Versioned;
import dev.thaw.models.artefact.ArtefactStore;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.UserVector;
import dev.thaw.models.history.History;
import dev.thaw.models.history.HistoryState;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The view {@code user_factors}: each history folded in by {@link FactorModel#foldIn}, the function
 * by which the server does it for users whom this has not reached yet. The row's time is the newest
 * interaction, so that a vector under a newer model overwrites and older history never does.
 */
final class UserFactorsFold implements AnnouncedFold<Event, HistoryState, ViewRow> {
  private static final long serialVersionUID = 1L;

  private final HistoryViewFold histories;
  private final String view;
  private final ViewKeys keys;
  private transient @Nullable FoldInSets sets;
  private transient @Nullable Map<String, Map<DomainId, Versioned<FactorModel>>> models;

  UserFactorsFold(HistoryViewFold histories, String view, ViewKeys keys) {
    this.histories = histories;
    this.view = view;
    this.keys = keys;
  }

  private FoldInSets sets() {
    return sets == null ? FoldInSets.NONE : sets;
  }

  @Override
  public boolean announced(ArtefactAnnouncement announcement) {
    FoldInSets before = sets();
    FoldInSets next = before.plus(announcement);
    if (!next.hasVersionsOf(before)) {
      Map<String, Map<DomainId, Versioned<FactorModel>>> loaded = new HashMap<>();
      for (ArtefactAnnouncement each : next.announcements()) {
        Map<DomainId, Versioned<FactorModel>> known =
            models == null ? null : models.get(each.setVersion());
        loaded.put(each.setVersion(), known == null ? load(each) : known);
      }
      models = loaded;
    }
    sets = next;
    return !next.hasVersionsOf(before);
  }

  private static Map<DomainId, Versioned<FactorModel>> load(ArtefactAnnouncement set) {
    Map<DomainId, Versioned<FactorModel>> loaded = new HashMap<>();
    for (Versioned<FactorModel> each :
        ArtefactStore.open(Path.of(set.location()))
            .models(set.setVersion(), ArtefactKind.FACTORS)) {
      loaded.put(each.model().domain(), each);
    }
    return loaded;
  }

  @Override
  public List<ArtefactAnnouncement> taken() {
    return sets().announcements();
  }

  @Override
  public void emit(String key, HistoryState state, FoldContext<ViewRow> context) {
    if (histories.isGone(key, state, context.watermark())) {
      context.collect(ViewRow.deletion(view, keys.keyOf(key), state.frontier()));
      return;
    }
    DomainId domain = DomainId.of(keys.valueOf("domain", key));
    Map<String, FeatureValue> features = new HashMap<>();
    History history = state.history();
    put(features, "", factors(sets().current(), domain), history);
    put(features, "previous_", factors(sets().previous(), domain), history);
    if (!features.isEmpty()) {
      features.put("interactions", new FeatureValue.Int64(history.interactions()));
      Instant time = Instant.ofEpochMilli(state.frontier());
      context.collect(new ViewRow(view, new FeatureRow(keys.keyOf(key), features, time)));
    }
  }

  private Optional<Versioned<FactorModel>> factors(
      Optional<ArtefactAnnouncement> set, DomainId domain) {
    return set.flatMap(
        announced ->
            models == null
                ? Optional.empty()
                : Optional.ofNullable(
                    models.getOrDefault(announced.setVersion(), Map.of()).get(domain)));
  }

  private static void put(
      Map<String, FeatureValue> features,
      String prefix,
      Optional<Versioned<FactorModel>> factors,
      History history) {
    if (factors.isEmpty()) {
      return;
    }
    FactorModel model = factors.get().model();
    UserVector vector = model.foldIn(history);
    String space = model.userSpace(factors.get().version()).key();
    features.put(prefix + "vector", FeatureValue.Float32s.copyOf(vector.vector()));
    features.put(prefix + "space", new FeatureValue.Text(space));
    features.put(prefix + "bias", new FeatureValue.Float64(vector.bias()));
  }

  @Override
  public boolean takesAnyAge() {
    return true;
  }

  @Override
  public void erased(String key, long time, FoldContext<ViewRow> context) {
    context.collect(ViewRow.erasure(view, keys.keyOf(key), time));
  }

  @Override
  public HistoryState empty() {
    return histories.empty();
  }

  @Override
  public boolean add(String key, HistoryState state, Event event, FoldContext<ViewRow> context) {
    return histories.add(key, state, event, context);
  }

  @Override
  public long timeOf(Event event) {
    return histories.timeOf(event);
  }

  @Override
  public boolean onTimer(String key, HistoryState state, long time, FoldContext<ViewRow> context) {
    return histories.onTimer(key, state, time, context);
  }

  @Override
  public long nextTimer(String key, HistoryState state) {
    return histories.nextTimer(key, state);
  }

  @Override
  public boolean isEmpty(String key, HistoryState state, long watermark) {
    return histories.isEmpty(key, state, watermark);
  }
}
