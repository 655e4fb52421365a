package dev.thaw.serving;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.online.OnlineStore;
import dev.thaw.featuredefinitions.online.RecentItems;
import dev.thaw.featuredefinitions.online.opening.OnlineStores;
import dev.thaw.featuredefinitions.views.FeatureDefinitions;
import dev.thaw.vectorindex.VectorIndexes;
import dev.thaw.vectorindex.opening.VectorIndexFactory;
import java.nio.file.Path;

/** The embedded stores in a folder. */
final class TestStores {
  private TestStores() {}

  private static ThawConfig.Store sqlite(Path folder) {
    return new ThawConfig.Store("sqlite", folder.resolve("online.db").toString(), "thaw");
  }

  static OnlineStore online(Path folder, FeatureDefinitions features) {
    return OnlineStores.open(sqlite(folder), features.views());
  }

  static RecentItems recents(Path folder) {
    return OnlineStores.openRecentItems(sqlite(folder));
  }

  static VectorIndexes indexes(Path folder) {
    return VectorIndexFactory.open(
        new ThawConfig.Index("lucene", folder.resolve("index").toString()));
  }
}
