package dev.thaw.flinkjobs.verifyindex;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.online.OnlineStore;
import dev.thaw.featuredefinitions.online.opening.OnlineStores;
import dev.thaw.featuredefinitions.views.FeatureDefinitions;
import dev.thaw.vectorindex.VectorIndexes;
import dev.thaw.vectorindex.opening.VectorIndexFactory;

class VerifyIndexTest extends VerifyIndexContract {
  @Override
  OnlineStore openStore() {
    return OnlineStores.open(
        new ThawConfig.Store("sqlite", folder.resolve("store.db").toString(), "thaw"),
        FeatureDefinitions.shipped().views());
  }

  @Override
  VectorIndexes openIndexes() {
    return VectorIndexFactory.open(
        new ThawConfig.Index("lucene", folder.resolve("index").toString()));
  }
}
