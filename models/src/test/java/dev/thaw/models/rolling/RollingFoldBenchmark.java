package dev.thaw.models.rolling;

import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.views.FeatureDefinitions;
import dev.thaw.featuredefinitions.views.FeatureView;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.Embedding;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.vocabulary.EventId;
import dev.thaw.featuredefinitions.vocabulary.EventType;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.Metric;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.featuredefinitions.vocabulary.VectorSpace;
import java.time.Instant;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Events a second on one core through the rolling views of the shipped {@code features.yaml}, with
 * 384-dimensional item vectors; a main method, not a test.
 */
final class RollingFoldBenchmark {
  private static final int USERS = 20_000;
  private static final int EVENTS = 1_000_000;

  private RollingFoldBenchmark() {}

  public static void main(String[] args) {
    FeatureDefinitions definitions = FeatureDefinitions.shipped();
    DomainDefinitions domains = DomainDefinitions.shipped();
    Embedding[] vectors = vectors();
    Event[] events = events(domains.all().get(0).name());
    for (FeatureView view : definitions.rollingViews()) {
      RollingFold fold =
          RollingFold.of(view, definitions.entities(), domains, RollingLimits.DEFAULT);
      for (int round = 0; round < 4; round++) {
        System.out.printf(
            "%s: %d features, %,.0f events/s folded, %,.0f with next timer, %,.0f with bytes there"
                + " and back%n",
            view.name(),
            view.features().size(),
            rate(fold, events, vectors, 0),
            rate(fold, events, vectors, 1),
            rate(fold, events, vectors, 2));
      }
    }
  }

  private static double rate(RollingFold fold, Event[] events, Embedding[] vectors, int depth) {
    RollingState[] states = new RollingState[USERS];
    byte[][] stored = new byte[USERS][];
    int n = depth == 2 ? events.length / 10 : events.length;
    long sink = 0;
    long start = System.nanoTime();
    for (int i = 0; i < n; i++) {
      int user = user(i);
      RollingState state = states[user];
      if (depth == 2 && stored[user] != null) {
        state = RollingState.fromBytes(stored[user]);
      }
      if (state == null) {
        state = fold.empty();
        states[user] = state;
      }
      fold.add(state, events[i], vectors[i % vectors.length]);
      if (depth == 1) {
        sink += fold.nextChange(state);
      } else if (depth == 2) {
        stored[user] = state.toBytes();
      }
    }
    double rate = n / ((System.nanoTime() - start) / 1e9);
    if (sink == 42) {
      System.out.println();
    }
    return rate;
  }

  private static int user(int i) {
    long mixed = (i * 0x9E3779B97F4A7C15L) >>> 33;
    long skewed = mixed % USERS * (mixed >>> 8 & 1023) / 1024;
    return (int) (skewed % USERS);
  }

  private static Event[] events(DomainId domain) {
    SplittableRandom random = new SplittableRandom(7);
    EventType[] types = EventType.SHIPPED.toArray(EventType[]::new);
    Event[] events = new Event[EVENTS];
    for (int i = 0; i < events.length; i++) {
      EventType type = types[random.nextInt(types.length)];
      boolean valued = type.equals(EventType.RATING) || type.equals(EventType.PURCHASE);
      events[i] =
          new Event(
              EventId.of("event-" + i),
              UserId.of("user-" + user(i)),
              ItemId.of("item-" + random.nextInt(5_000)),
              domain,
              type,
              valued ? 1.0 + random.nextInt(5) : null,
              Instant.ofEpochMilli(1_700_000_000_000L + i * 2_000L - random.nextInt(60_000)),
              Map.of("device", "phone"),
              null,
              null,
              null);
    }
    return events;
  }

  private static Embedding[] vectors() {
    VectorSpace space = new VectorSpace("content", "benchmark", 384, Metric.COSINE);
    SplittableRandom random = new SplittableRandom(8);
    Embedding[] vectors = new Embedding[997];
    for (int v = 0; v < vectors.length; v++) {
      float[] components = new float[384];
      for (int i = 0; i < components.length; i++) {
        components[i] = (float) random.nextDouble(-1, 1);
      }
      vectors[v] = Embedding.copyOf(space, components);
    }
    return vectors;
  }
}
