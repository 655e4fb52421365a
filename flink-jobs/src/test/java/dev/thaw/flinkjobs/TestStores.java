package dev.thaw.flinkjobs;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.online.opening.OnlineStores;
import dev.thaw.featuredefinitions.views.FeatureDefinitions;
import dev.thaw.flinkjobs.ends.StoreOpener;
import java.nio.file.Path;

/** Online stores of tests. */
public final class TestStores {
  private TestStores() {}

  /** Opens the store of the folder, which has the shipped views. */
  public static StoreOpener in(Path folder) {
    String file = folder.resolve("store.db").toString();
    return () ->
        OnlineStores.open(
            new ThawConfig.Store("sqlite", file, "thaw"), FeatureDefinitions.shipped().views());
  }
}
