package dev.thaw.launcher.commands;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.domains.DomainDefinitions;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.featuredefinitions.wire.JsonLines;
import dev.thaw.featuredefinitions.wire.WireFormats;
import dev.thaw.featuredefinitions.wire.WireLimits;
import dev.thaw.launcher.console.Progress;
import dev.thaw.launcher.datafolder.DataFolder;
import dev.thaw.launcher.datafolder.Fingerprint;
import dev.thaw.launcher.embedded.DataClock;
import dev.thaw.launcher.embedded.Installation;
import dev.thaw.launcher.tour.ApiClient;
import dev.thaw.launcher.tour.Cast;
import dev.thaw.launcher.tour.Tour;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One data folder served from beginning to end: load, train, serve, tour, and on until stopped. In
 * a home that has loaded it before, only what is missing of that.
 */
final class Session {
  private final Home home;
  private final ThawConfig config;
  private final DataFolder folder;
  private final @Nullable Long seed;
  private final InstantSource wall;
  private final Progress progress;
  private final PrintWriter out;
  private long rejected;

  /**
   * @param seed of the data, if it was generated
   */
  Session(
      Home home,
      ThawConfig config,
      DataFolder folder,
      @Nullable Long seed,
      InstantSource wall,
      Progress progress,
      PrintWriter out) {
    this.home = home;
    this.config = config.withDomainsFile(folder.domains());
    this.folder = folder;
    this.seed = seed;
    this.wall = wall;
    this.progress = progress;
    this.out = out;
  }

  /**
   * @param once whether to stop after the tour
   * @return exit code: whether lines were rejected
   * @throws IllegalArgumentException if the home holds what the folder was before it changed
   */
  int run(boolean once) throws IOException {
    long begun = System.nanoTime();
    Optional<LoadedData> earlier = home.loaded();
    if (earlier.isPresent()) {
      earlier.get().requireUnchanged(home.path(), folder);
    }
    Cast cast = new Cast();
    try (Installation thaw = new Installation(config, progress)) {
      DataClock clock =
          earlier.isPresent() ? resume(earlier.get(), watching(cast)) : load(thaw, watching(cast));
      out.println(clock.describe());
      thaw.keepTime(clock);
      if (!thaw.isTrained()) {
        thaw.train(clock);
      }
      URI uri = thaw.serve(clock);
      out.printf("Thaw answers at %s after %.0f s%n", uri, (System.nanoTime() - begun) / 1e9);
      new Tour(new ApiClient(uri), cast, clock, config.jobs().rewardWindow(), out).walk();
      if (!once) {
        serveUntilStopped(uri);
      }
      if (!home.temporary()) {
        thaw.checkpoint();
      }
    }
    return rejected > 0 ? ExitCodes.PARTLY : ExitCodes.OK;
  }

  private DataClock load(Installation thaw, Installation.Witness witness) throws IOException {
    // before it is read: what changes meanwhile shows in the next run
    Fingerprint contents = Fingerprint.of(folder);
    Installation.Loaded loaded = thaw.load(folder, wall.instant(), witness);
    rejected = loaded.rejected();
    DataClock clock = DataClock.following(loaded.end(), wall);
    new LoadedData(folder.path(), contents, seed, clock.offset()).write(home.path());
    return clock;
  }

  /** The topics hold the data; it is read for the tour's cast alone. */
  private DataClock resume(LoadedData earlier, Installation.Witness witness) throws IOException {
    progress.say(home.path() + " goes on with " + folder.path());
    DomainDefinitions domains = config.domains();
    Instant now = wall.instant();
    JsonLines.read(
        folder.items(),
        WireFormats.items(domains, WireLimits.DEFAULT),
        now,
        witness::item,
        letter -> {});
    JsonLines.read(
        folder.events(),
        WireFormats.events(domains, WireLimits.DEFAULT),
        now,
        witness::event,
        letter -> {});
    return new DataClock(earlier.clockOffset(), wall);
  }

  private static Installation.Witness watching(Cast cast) {
    return new Installation.Witness() {
      @Override
      public void item(CatalogueItem item) {
        cast.add(item);
      }

      @Override
      public void event(Event event) {
        cast.add(event);
      }
    };
  }

  private void serveUntilStopped(URI uri) {
    out.printf("%nServing at %s until stopped (Ctrl-C); try%n", uri);
    out.printf(
        "  curl -s %s/v1/recommendations -d '{\"user_id\":\"me\",\"domain\":\"%s\",\"k\":5}'%n",
        uri, config.domains().all().get(0).name());
    out.printf("  %s/docs describes all calls%n", uri);
    out.flush();
    UntilStopped.await();
  }
}
