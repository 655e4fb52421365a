package dev.thaw.launcher.commands;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.Event;
import dev.thaw.launcher.console.Progress;
import dev.thaw.launcher.datafolder.DataFolder;
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

/** One data folder served from beginning to end: load, train, serve, tour, and on until stopped. */
final class Session {
  private final ThawConfig config;
  private final DataFolder folder;
  private final InstantSource wall;
  private final Progress progress;
  private final PrintWriter out;

  Session(
      ThawConfig config,
      DataFolder folder,
      InstantSource wall,
      Progress progress,
      PrintWriter out) {
    this.config = config.withDomainsFile(folder.domains());
    this.folder = folder;
    this.wall = wall;
    this.progress = progress;
    this.out = out;
  }

  /**
   * @param once whether to stop after the tour
   */
  void run(boolean once) throws IOException {
    long begun = System.nanoTime();
    Cast cast = new Cast();
    try (Installation thaw = new Installation(config, progress)) {
      Instant end = thaw.load(folder, wall.instant(), watching(cast));
      DataClock clock = DataClock.following(end, wall);
      out.println(clock.describe());
      thaw.keepTime(clock);
      thaw.train(clock);
      URI uri = thaw.serve(clock);
      out.printf("Thaw answers at %s after %.0f s%n", uri, (System.nanoTime() - begun) / 1e9);
      new Tour(new ApiClient(uri), cast, clock, out).walk();
      if (!once) {
        serveUntilStopped(uri);
      }
    }
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
