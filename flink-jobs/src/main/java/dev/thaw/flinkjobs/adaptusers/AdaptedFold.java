package dev.thaw.flinkjobs.adaptusers;

import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.wire.ArtefactAnnouncement;
import dev.thaw.flinkjobs.histories.HistoryViewFold;
import dev.thaw.flinkjobs.keyed.AnnouncedFold;
import dev.thaw.flinkjobs.keyed.Expiry;
import dev.thaw.flinkjobs.keyed.FoldContext;
import dev.thaw.flinkjobs.keyed.ViewKeys;
import dev.thaw.flinkjobs.streams.ViewRow;
import dev.thaw.models.history.History;
import dev.thaw.models.history.HistoryState;
import dev.thaw.models.history.ProfiledHistory;
import dev.thaw.models.meta.AdaptedLayers;
import dev.thaw.models.meta.MetaModel;
import dev.thaw.models.training.TrainingDivergedException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The view {@code user_adapted}: the decision layers that a user of 1 to {@value #MOST}
 * interactions adapts, always from the shared start with all ratings, so that what is written
 * depends on these, the newest profile and the model alone and not on the way there. The model was
 * learned from ratings alone: a click counts as an interaction and is no rating to adapt to. Who
 * rated nothing, or did more, and whose adaptation runs away, has no row: other methods know what
 * to make of clicks.
 */
final class AdaptedFold implements AnnouncedFold<LearnerInput, ProfiledHistory, ViewRow> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(AdaptedFold.class);

  /** Who did more is known well without. */
  static final int MOST = 20;

  private final HistoryViewFold histories;
  private final String view;
  private final ViewKeys keys;
  private transient @Nullable ServingModels models;

  AdaptedFold(HistoryViewFold histories, String view, ViewKeys keys) {
    this.histories = histories;
    this.view = view;
    this.keys = keys;
  }

  private ServingModels models() {
    return models == null ? ServingModels.NONE : models;
  }

  @Override
  public boolean announced(ArtefactAnnouncement announcement) {
    ServingModels before = models();
    ServingModels next = before.plus(announcement);
    models = next;
    return !next.hasModelsOf(before);
  }

  @Override
  public List<ArtefactAnnouncement> taken() {
    return models().announcements();
  }

  @Override
  public ProfiledHistory empty() {
    return ProfiledHistory.of(histories.empty());
  }

  /** Who had more interactions before has no row any more, and gets none; nor who rated nothing. */
  @Override
  public boolean add(
      String key, ProfiledHistory state, LearnerInput input, FoldContext<ViewRow> context) {
    long before = state.history().interactions();
    boolean changed = change(key, state, input, context);
    HistoryState history = state.history();
    return changed && before <= MOST && (history.hasRatings() || history.interactions() > MOST);
  }

  private boolean change(
      String key, ProfiledHistory state, LearnerInput input, FoldContext<ViewRow> context) {
    if (input.event != null) {
      return histories.add(key, state.history(), input.event, context);
    }
    return input.profile == null ? state.undescribe() : state.describe(input.profile);
  }

  @Override
  public void emit(String key, ProfiledHistory state, FoldContext<ViewRow> context) {
    if (histories.isGone(key, state.history(), context.watermark())) {
      context.collect(gone(key, state));
      return;
    }
    HistoryState history = state.history();
    if (history.interactions() > 0) {
      Optional<MetaModel> model = models().of(DomainId.of(keys.valueOf("domain", key)));
      model.ifPresent(each -> context.collect(row(key, state, each)));
    }
  }

  private ViewRow row(String key, ProfiledHistory state, MetaModel model) {
    History ratings = state.history().ratings();
    if (ratings.interactions() > MOST || ratings.entries().isEmpty()) {
      return gone(key, state);
    }
    UserId user = new UserId(keys.valueOf("user_id", key));
    try {
      return row(key, state, model.adapt(state.profile(user), ratings));
    } catch (TrainingDivergedException diverged) {
      LOG.warn("{} of {}: no layers", diverged.getMessage(), model);
      return gone(key, state);
    }
  }

  private ViewRow row(String key, ProfiledHistory state, AdaptedLayers layers) {
    Map<String, FeatureValue> features = new HashMap<>(layers.features());
    features.put("interactions", new FeatureValue.Int64(state.history().interactions()));
    EntityKey entity = keys.keyOf(key);
    return new ViewRow(
        view, new FeatureRow(entity, features, Instant.ofEpochMilli(state.frontier())));
  }

  private ViewRow gone(String key, ProfiledHistory state) {
    return ViewRow.deletion(view, keys.keyOf(key), state.frontier());
  }

  @Override
  public boolean takesAnyAge() {
    return true;
  }

  @Override
  public void erased(String key, long time, FoldContext<ViewRow> context) {
    context.collect(ViewRow.erasure(view, keys.keyOf(key), time));
  }

  /** A deletion of a profile has no time: it counts whenever it comes. */
  @Override
  public long timeOf(LearnerInput input) {
    if (input.event != null) {
      return histories.timeOf(input.event);
    }
    return input.profile == null ? Long.MAX_VALUE : input.profile.time().toEpochMilli();
  }

  @Override
  public boolean onTimer(
      String key, ProfiledHistory state, long time, FoldContext<ViewRow> context) {
    return histories.isGone(key, state.history(), time);
  }

  @Override
  public long nextTimer(String key, ProfiledHistory state) {
    return state.isBlank() ? NEVER : Expiry.check(state.frontier(), histories.timeToLive(key));
  }

  @Override
  public boolean isEmpty(String key, ProfiledHistory state, long watermark) {
    return state.isBlank() || Expiry.isDue(state.frontier(), histories.timeToLive(key), watermark);
  }
}
