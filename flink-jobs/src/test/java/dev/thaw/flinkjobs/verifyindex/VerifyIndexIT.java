package dev.thaw.flinkjobs.verifyindex;

import dev.thaw.featuredefinitions.config.ThawConfig;
import dev.thaw.featuredefinitions.online.OnlineStore;
import dev.thaw.featuredefinitions.online.opening.OnlineStores;
import dev.thaw.featuredefinitions.online.redis.RedisServer;
import dev.thaw.featuredefinitions.views.FeatureDefinitions;
import dev.thaw.vectorindex.VectorIndexes;
import dev.thaw.vectorindex.milvus.MilvusIndexes;
import dev.thaw.vectorindex.milvus.MilvusServer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** On Milvus and Redis. */
class VerifyIndexIT extends VerifyIndexContract {
  private static final AtomicInteger TESTS = new AtomicInteger();
  private static MilvusServer milvus;
  private static RedisServer redis;

  private final String name = "verify_" + TESTS.incrementAndGet();

  @BeforeAll
  static void startServers(@TempDir Path data) throws Exception {
    redis = RedisServer.single();
    milvus = MilvusServer.start(data);
  }

  @AfterAll
  static void stopMilvus() throws Exception {
    if (milvus != null) {
      milvus.close();
    }
  }

  @Override
  OnlineStore openStore() {
    return OnlineStores.open(
        new ThawConfig.Store("redis", redis.location(), name),
        FeatureDefinitions.shipped().views());
  }

  @Override
  VectorIndexes openIndexes() {
    return MilvusIndexes.open(milvus.uri(), name);
  }
}
