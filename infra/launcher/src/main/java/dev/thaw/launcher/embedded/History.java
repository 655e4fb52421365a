package dev.thaw.launcher.embedded;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.config.Topics;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.wire.JsonLines;
import dev.thaw.featuredefinitions.wire.WireFormats;
import dev.thaw.featuredefinitions.wire.WireLimits;
import dev.thaw.launcher.console.Progress;
import dev.thaw.launcher.datafolder.DataFolder;
import dev.thaw.launcher.kafka.Ticker;
import dev.thaw.launcher.kafka.TopicEnds;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;

/**
 * Loads a data folder into the topics of a broker whose jobs run elsewhere, before anything tells
 * them the time, and waits until they have worked it off.
 */
public final class History {
  private final ThawConfig config;
  private final Progress progress;

  /**
   * @param config names the broker, and the domains of the folder
   */
  public History(ThawConfig config, Progress progress) {
    Installation.requireBroker(config);
    this.config = config;
    this.progress = progress;
  }

  /**
   * Loads everything: items first, as an event does not wait for the vector of its item.
   *
   * @param now times after this are rejected
   * @param shift what is added to the time of every event, see {@link #upTo}
   * @throws IllegalArgumentException if there are events already: time does not go back, so a
   *     history behind them would be late
   * @throws IllegalStateException if the folder holds no usable event, or jobs lag behind for
   *     fifteen minutes
   */
  public Installation.Loaded load(DataFolder folder, Instant now, Duration shift)
      throws IOException {
    Topics topics = config.kafka().topics();
    try (Admin admin = Admin.create(config.kafka().client(Map.of()));
        var producer = Installation.producer(config.kafka());
        Ticker ticker = new Ticker(producer, topics)) {
      requireNoEvents(admin, topics);
      JobsElsewhere jobs = new JobsElsewhere(config, admin, ticker, progress);
      TopicLoader.Loaded loaded =
          new TopicLoader(producer, topics, ticker, progress, shift)
              .load(folder, config.domains(), now, nobody(), jobs::awaitVectors);
      jobs.awaitAll("features and statistics");
      return new Installation.Loaded(loaded.end(), loaded.rejected());
    }
  }

  private static void requireNoEvents(Admin admin, Topics topics) {
    long there =
        TopicEnds.of(admin, Set.of(topics.events())).values().stream()
            .mapToLong(Long::longValue)
            .sum();
    if (there > 0) {
      throw new IllegalArgumentException(
          "topic "
              + topics.events()
              + " must be empty when a history is loaded, it holds "
              + there
              + " records: time does not go back, so what is loaded now would be late");
    }
  }

  /**
   * How far the events of a folder are to be moved so that the last of them happens then.
   *
   * @throws IllegalStateException if the folder holds no usable event
   */
  public Duration upTo(Instant then, DataFolder folder) throws IOException {
    Instant[] last = {Instant.MIN};
    JsonLines.read(
        folder.events(),
        WireFormats.events(config.domains(), WireLimits.DEFAULT),
        then,
        event -> last[0] = event.time().isAfter(last[0]) ? event.time() : last[0],
        letter -> {});
    if (last[0].equals(Instant.MIN)) {
      throw new IllegalStateException(folder.events() + " holds no usable event");
    }
    return Duration.between(last[0], then);
  }

  private static TopicLoader.Witness nobody() {
    return new TopicLoader.Witness() {
      @Override
      public void item(CatalogueItem item) {}

      @Override
      public void event(Event event) {}
    };
  }
}
