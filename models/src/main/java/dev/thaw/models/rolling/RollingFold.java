package dev.thaw.models.rolling;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.online.EntityKey;
import dev.thaw.featuredefinitions.online.FeatureRow;
import dev.thaw.featuredefinitions.online.FeatureValue;
import dev.thaw.featuredefinitions.views.EntityDefinition;
import dev.thaw.featuredefinitions.views.FeatureDefinition;
import dev.thaw.featuredefinitions.views.FeatureView;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rolling features of one view for one key, compiled from the view's definition: events and
 * timers in, the view's row out. Immutable and thread-safe; all that changes is in {@link
 * RollingState}.
 *
 * <p><b>Meaning.</b> Values are as of the key's frontier {@code F}, the newest event or timer. A
 * window {@code w} holds the events of {@code (F - w, F]}, whatever their order of arrival; an
 * event at or before {@code F - w} changes nothing. Without a window all events count until the key
 * has had none for the view's TTL: then it is forgotten. Without events in the window, count,
 * distinct and sum are 0, the others missing. {@code last} takes the newest event, of one
 * millisecond the largest event id. A feature leaves out events that lack its field.
 *
 * <p><b>Exactness.</b> Count, sum, mean, min and max keep each event up to {@link
 * RollingLimits#cells}; beyond, the events of a pane (window / {@link RollingLimits#panes}) are
 * merged under the time of their newest: every event of the window still counts, and events may
 * stay for less than one pane longer. A merged count too is zero exactly one window after the last
 * event. Distinct is {@code min(true number, bound)}. Values are compared by 64-bit hash.
 *
 * <p><b>Cost.</b> O(features) an event, amortised, without allocation once a key's arrays have
 * grown; state a key is at most {@code cells} numbers or {@code bound} hashes a feature.
 */
public final class RollingFold {
  private final FeatureView view;
  private final List<EventFields.TextField> keyFields = new ArrayList<>();
  private final List<String> joinKeys = new ArrayList<>();
  private final EventFilter[] filters;
  private final RollingFeature<?>[] features;
  private final Layout layout;
  private final long ttl;
  private final boolean needsItemVectors;

  private RollingFold(
      FeatureView view,
      Collection<EntityDefinition> entities,
      DomainDefinitions domains,
      RollingLimits limits) {
    this.view = view;
    this.ttl = view.ttl().toMillis();
    if (ttl < 1) {
      throw new IllegalArgumentException(
          "view " + view.name() + ": ttl must be at least 1 ms, was " + view.ttl());
    }
    for (String entity : view.entities()) {
      String joinKey = joinKey(entity, entities);
      joinKeys.add(joinKey);
      keyFields.add(EventFields.text(joinKey));
    }
    Map<String, Integer> filterIndex = new LinkedHashMap<>();
    List<EventFilter> distinctFilters = new ArrayList<>();
    List<RollingFeature<?>> compiled = new ArrayList<>();
    for (FeatureDefinition feature : view.features()) {
      try {
        compiled.add(compile(feature, domains, limits, filterIndex, distinctFilters));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "view " + view.name() + ", feature " + feature.name() + ": " + e.getMessage(), e);
      }
    }
    if (distinctFilters.size() > Long.SIZE) {
      throw new IllegalArgumentException(
          "view "
              + view.name()
              + " must have at most 64 different filters, had "
              + distinctFilters.size());
    }
    this.filters = distinctFilters.toArray(EventFilter[]::new);
    this.features = compiled.toArray(RollingFeature[]::new);
    this.layout = Layout.of(compiled);
    this.needsItemVectors = view.features().stream().anyMatch(RollingFeature::readsItemVector);
  }

  /**
   * @param entities all that the view names
   * @param domains definitions for {@code positive: true}; an event of another domain is not
   *     positive
   * @throws IllegalArgumentException if a feature of the view is not rolling or its definition
   *     makes no sense, naming view, feature and reason
   */
  public static RollingFold of(
      FeatureView view,
      Collection<EntityDefinition> entities,
      DomainDefinitions domains,
      RollingLimits limits) {
    return new RollingFold(view, entities, domains, limits);
  }

  private static String joinKey(String entity, Collection<EntityDefinition> entities) {
    for (EntityDefinition definition : entities) {
      if (definition.name().equals(entity)) {
        return definition.joinKey();
      }
    }
    throw new IllegalArgumentException("entity " + entity + " must be defined, only " + entities);
  }

  private static RollingFeature<?> compile(
      FeatureDefinition feature,
      DomainDefinitions domains,
      RollingLimits limits,
      Map<String, Integer> filterIndex,
      List<EventFilter> filters) {
    var rolling = feature.rolling();
    if (rolling == null) {
      throw new IllegalArgumentException("is not rolling");
    }
    int filter =
        filterIndex.computeIfAbsent(
            EventFilter.spell(rolling),
            spelled -> {
              filters.add(new EventFilter(rolling, domains));
              return filters.size() - 1;
            });
    return RollingFeature.of(feature, filter, limits);
  }

  public FeatureView view() {
    return view;
  }

  /** Whether a feature reads {@code item.vector} or {@code item.space}. */
  public boolean needsItemVectors() {
    return needsItemVectors;
  }

  /** The state of a key without events. */
  public RollingState empty() {
    Part[] parts = new Part[features.length];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = features[i].aggregation().empty();
    }
    RollingState state = new RollingState(layout, parts);
    state.leaves = new long[parts.length];
    Arrays.fill(state.leaves, RollingState.NOTHING);
    return state;
  }

  /**
   * A restored state in the layout of this fold: features that are new or whose definition changed
   * start empty, removed ones go. The state itself if nothing changed.
   */
  public RollingState adopt(RollingState restored) {
    if (restored.layout == layout && restored.leaves.length == features.length) {
      return restored;
    }
    RollingState state = empty();
    state.frontier = restored.frontier;
    state.newest = restored.newest;
    for (int i = 0; i < features.length; i++) {
      int before = restored.layout == layout ? i : restored.layout.find(layout, i);
      if (before >= 0) {
        state.parts[i] = restored.parts[before];
        changed(state, i);
      }
    }
    return state;
  }

  /**
   * Adds an event and moves the frontier to its time if that is newer. Duplicates must have been
   * dropped before.
   *
   * @param state of this fold, see {@link #adopt}
   * @param itemVector content vector of the event's item, null if unknown
   * @return whether a value may have changed
   */
  public boolean add(RollingState state, Event event, @Nullable Embedding itemVector) {
    return add(state, event, itemVector, false);
  }

  /**
   * Makes up for an event that was added without its vector: the features that left it out take it
   * now, the others don't count it again.
   *
   * @return whether a value may have changed
   */
  public boolean correct(RollingState state, Event event, Embedding itemVector) {
    return add(state, event, itemVector, true);
  }

  private boolean add(
      RollingState state, Event event, @Nullable Embedding itemVector, boolean correction) {
    long time = event.timeMillis();
    if (time > state.frontier) {
      state.frontier = time;
      forgetSilent(state);
    }
    long passed = 0;
    for (int i = 0; i < filters.length; i++) {
      if (filters[i].accepts(event, itemVector)) {
        passed |= 1L << i;
      }
    }
    if (passed == 0) {
      return false;
    }
    boolean changed = false;
    for (int i = 0; i < features.length; i++) {
      RollingFeature<?> feature = features[i];
      if ((passed >>> feature.filter() & 1) != 0 && (feature.vectors() || !correction)) {
        long oldest = oldest(feature, state.frontier);
        if (feature.add(state.parts[i], event, itemVector, time, oldest)) {
          changed(state, i);
          changed = true;
        }
      }
    }
    if (changed) {
      state.newest = Math.max(state.newest, time);
    }
    return changed;
  }

  /** What is at or before this instant counts no more. */
  private long oldest(RollingFeature<?> feature, long frontier) {
    return frontier - (feature.windowed() ? feature.window() : ttl);
  }

  /** Moves the frontier, never back, and drops what has left every window. */
  public void advanceTo(RollingState state, long frontierMillis) {
    if (frontierMillis > state.frontier) {
      state.frontier = frontierMillis;
    }
    trim(state);
  }

  private void changed(RollingState state, int feature) {
    Part part = state.parts[feature];
    if (part.isEmpty()) {
      state.leaves[feature] = RollingState.NOTHING;
    } else if (features[feature].windowed()) {
      state.leaves[feature] = part.oldest() + features[feature].window();
    } else {
      state.leaves[feature] = RollingState.STAYS;
    }
  }

  private void trim(RollingState state) {
    forgetSilent(state);
    for (int i = 0; i < features.length; i++) {
      if (state.leaves[i] <= state.frontier) {
        state.parts[i].dropUntil(oldest(features[i], state.frontier));
        changed(state, i);
      }
    }
  }

  private void forgetSilent(RollingState state) {
    if (state.newest != Long.MIN_VALUE && state.newest + ttl <= state.frontier) {
      for (int i = 0; i < features.length; i++) {
        if (state.leaves[i] == RollingState.STAYS) {
          state.parts[i].clear();
          state.leaves[i] = RollingState.NOTHING;
        }
      }
    }
  }

  /**
   * The next instant, after the frontier, at which a value may change without an event: when the
   * oldest event leaves a window or the key is forgotten; {@code Long.MAX_VALUE} if never.
   * O(features).
   */
  public long nextChange(RollingState state) {
    return Math.min(nextLeaving(state), forgottenAt(state));
  }

  /**
   * The next instant, after the frontier, at which an event leaves a window; {@code Long.MAX_VALUE}
   * if never. O(features).
   */
  public long nextLeaving(RollingState state) {
    trim(state);
    long next = Long.MAX_VALUE;
    for (long leaves : state.leaves) {
      if (leaves != RollingState.STAYS) {
        next = Math.min(next, leaves);
      }
    }
    return next;
  }

  /**
   * When a silent key's features without a window are forgotten, the view's time to live after its
   * newest event; {@code Long.MAX_VALUE} if there is nothing to forget. Moves with every event.
   */
  public long forgottenAt(RollingState state) {
    trim(state);
    for (long leaves : state.leaves) {
      if (leaves == RollingState.STAYS) {
        return state.newest + ttl;
      }
    }
    return Long.MAX_VALUE;
  }

  /** Whether nothing is remembered, so that the state may be dropped. */
  public boolean isEmpty(RollingState state) {
    trim(state);
    for (long leaves : state.leaves) {
      if (leaves != RollingState.NOTHING) {
        return false;
      }
    }
    return true;
  }

  /**
   * The key of the view that the event belongs to.
   *
   * @throws IllegalArgumentException if the event lacks a field of the key
   */
  public EntityKey keyOf(Event event) {
    Map<String, String> key = new HashMap<>();
    for (int i = 0; i < joinKeys.size(); i++) {
      String value = keyFields.get(i).read(event, null);
      if (value == null) {
        throw new IllegalArgumentException(
            "event " + event.eventId() + " must have a " + joinKeys.get(i));
      }
      key.put(joinKeys.get(i), value);
    }
    return EntityKey.of(key);
  }

  /** All features as of the frontier, which is the row's event time. */
  public FeatureRow row(EntityKey key, RollingState state) {
    if (state.frontier == Long.MIN_VALUE) {
      throw new IllegalArgumentException("a state without events has no row, key was " + key);
    }
    return new FeatureRow(key, values(state), Instant.ofEpochMilli(state.frontier));
  }

  /** All features as of the frontier. */
  @SuppressWarnings({"unchecked", "rawtypes"}) // no array can be made of a generic type
  public Map<String, FeatureValue> values(RollingState state) {
    trim(state);
    Map.Entry<String, FeatureValue>[] values = new Map.Entry[features.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Map.entry(features[i].name(), features[i].value(state.parts[i]));
    }
    return Map.ofEntries(values);
  }
}
