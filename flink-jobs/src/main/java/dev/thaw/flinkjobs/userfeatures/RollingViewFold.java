package dev.thaw.flinkjobs.userfeatures;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.views.FeatureDefinitions;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.flinkjobs.keyed.Expiry;
import dev.thaw.flinkjobs.keyed.FoldContext;
import dev.thaw.flinkjobs.keyed.KeyedFold;
import dev.thaw.flinkjobs.keyed.ViewKeys;
import dev.thaw.flinkjobs.streams.EnrichedEvent;
import dev.thaw.flinkjobs.streams.ViewRow;
import dev.thaw.models.rolling.RollingFold;
import dev.thaw.models.rolling.RollingLimits;
import dev.thaw.models.rolling.RollingState;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One rolling view. Timers bring values down where no event does. The row's time is the key's
 * frontier: every event that moves it gives a new row, as does every timer that changes a value, so
 * that the last row does not depend on how changes were coalesced.
 */
final class RollingViewFold implements KeyedFold<EnrichedEvent, RollingState, ViewRow> {
  private static final long serialVersionUID = 1L;

  private final String view;
  private final FeatureDefinitions features;
  private final DomainDefinitions domains;
  private final ViewKeys keys;
  private final Duration lateness;
  private final boolean everyVersion;
  private transient @Nullable RollingFold compiled;

  RollingViewFold(
      String view,
      FeatureDefinitions features,
      DomainDefinitions domains,
      ViewKeys keys,
      Duration lateness) {
    this(view, features, domains, keys, lateness, false);
  }

  /**
   * @param everyVersion whether rows also leave for what changed between two events, where both
   *     come before the watermark does
   */
  RollingViewFold(
      String view,
      FeatureDefinitions features,
      DomainDefinitions domains,
      ViewKeys keys,
      Duration lateness,
      boolean everyVersion) {
    this.view = view;
    this.features = features;
    this.domains = domains;
    this.keys = keys;
    this.lateness = lateness;
    this.everyVersion = everyVersion;
  }

  private RollingFold fold() {
    if (compiled == null) {
      compiled =
          RollingFold.of(features.view(view), features.entities(), domains, RollingLimits.DEFAULT);
    }
    return compiled;
  }

  @Override
  public RollingState empty() {
    return fold().empty();
  }

  @Override
  public RollingState adopt(RollingState stored) {
    return fold().adopt(stored);
  }

  @Override
  public boolean add(
      String key, RollingState state, EnrichedEvent input, FoldContext<ViewRow> context) {
    if (everyVersion) {
      collectChangesBefore(input.event().timeMillis(), key, state, context);
    }
    long frontier = state.frontier();
    Embedding vector = input.itemVector();
    boolean changed =
        input.isCorrection() && vector != null
            ? fold().correct(state, input.event(), vector)
            : fold().add(state, input.event(), vector);
    return changed || state.frontier() != frontier;
  }

  private void collectChangesBefore(
      long time, String key, RollingState state, FoldContext<ViewRow> context) {
    for (long next = fold().nextChange(state); next < time; next = fold().nextChange(state)) {
      fold().advanceTo(state, next);
      emit(key, state, context);
    }
  }

  @Override
  public long timeOf(EnrichedEvent input) {
    return input.event().timeMillis();
  }

  @Override
  public void erased(String key, long time, FoldContext<ViewRow> context) {
    context.collect(ViewRow.erasure(view, keys.keyOf(key), time));
  }

  @Override
  public boolean onTimer(String key, RollingState state, long time, FoldContext<ViewRow> context) {
    if (fold().nextChange(state) > time) {
      return false;
    }
    fold().advanceTo(state, time);
    return true;
  }

  @Override
  public long nextTimer(String key, RollingState state) {
    long leaving = fold().nextLeaving(state);
    long forgotten = fold().forgottenAt(state);
    if (forgotten != NEVER) {
      // moves with every event, and so would a timer of its own
      return Math.min(leaving, Expiry.roundUp(forgotten, features.view(view).ttl()));
    }
    return leaving == NEVER ? Expiry.check(state.frontier(), lateness) : leaving;
  }

  /**
   * An emptied state is kept while events may still come that are older than its frontier: without
   * it their row would be older than the one in the store.
   */
  @Override
  public boolean isEmpty(String key, RollingState state, long watermark) {
    return fold().isEmpty(state) && Expiry.isDue(state.frontier(), lateness, watermark);
  }

  /** The row of an anonymous session goes when it has nothing left to say: there are many. */
  @Override
  public void emit(String key, RollingState state, FoldContext<ViewRow> context) {
    if (keys.isOfSession(key) && fold().isEmpty(state)) {
      context.collect(ViewRow.deletion(view, keys.keyOf(key), state.frontier()));
    } else {
      context.collect(new ViewRow(view, fold().row(keys.keyOf(key), state)));
    }
  }
}
