package dev.thaw.flinkjobs.histories;

import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.flinkjobs.keyed.Expiry;
import dev.thaw.flinkjobs.keyed.FoldContext;
import dev.thaw.flinkjobs.keyed.KeyedFold;
import dev.thaw.flinkjobs.keyed.ViewKeys;
import dev.thaw.flinkjobs.streams.ViewRow;
import dev.thaw.models.history.HistoryFold;
import dev.thaw.models.history.HistoryState;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The view {@code user_history}. Takes events of any age and any number of times: the history does
 * not depend on their order, and a repeated one changes nothing. An anonymous session is over when
 * it has been silent for a week, and goes with its row: there are new ones every day.
 */
public final class HistoryViewFold implements KeyedFold<Event, HistoryState, ViewRow> {
  private static final long serialVersionUID = 1L;
  private static final Duration SESSION = Duration.ofDays(7);

  private final String view;
  private final Duration timeToLive;
  private final DomainDefinitions domains;
  private final ViewKeys keys;
  private transient @Nullable HistoryFold compiled;

  public HistoryViewFold(
      String view, Duration timeToLive, DomainDefinitions domains, ViewKeys keys) {
    this.view = view;
    this.timeToLive = timeToLive;
    this.domains = domains;
    this.keys = keys;
  }

  private HistoryFold fold() {
    if (compiled == null) {
      compiled = HistoryFold.standard();
    }
    return compiled;
  }

  @Override
  public HistoryState empty() {
    return fold().empty();
  }

  @Override
  public boolean add(String key, HistoryState state, Event event, FoldContext<ViewRow> context) {
    DomainDefinition domain = domains.require(event.domain());
    return fold().add(state, event, domain);
  }

  @Override
  public long timeOf(Event event) {
    return event.timeMillis();
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
  public boolean onTimer(String key, HistoryState state, long time, FoldContext<ViewRow> context) {
    return isGone(key, state, time);
  }

  @Override
  public long nextTimer(String key, HistoryState state) {
    return state.interactions() == 0 ? NEVER : Expiry.check(state.frontier(), timeToLive(key));
  }

  @Override
  public boolean isEmpty(String key, HistoryState state, long watermark) {
    return state.interactions() == 0 || Expiry.isDue(state.frontier(), timeToLive(key), watermark);
  }

  /** How long a key is kept after its newest record. */
  public Duration timeToLive(String key) {
    return keys.isOfSession(key) && SESSION.compareTo(timeToLive) < 0 ? SESSION : timeToLive;
  }

  /** Whether there was a session that is over, so that its row is to be gone, too. */
  public boolean isGone(String key, HistoryState state, long watermark) {
    return keys.isOfSession(key) && state.interactions() > 0 && isEmpty(key, state, watermark);
  }

  @Override
  public void emit(String key, HistoryState state, FoldContext<ViewRow> context) {
    if (isGone(key, state, context.watermark())) {
      context.collect(ViewRow.deletion(view, keys.keyOf(key), state.frontier()));
    } else {
      context.collect(new ViewRow(view, fold().row(keys.keyOf(key), state)));
    }
  }
}
