package dev.thaw.featuredefinitions.online.redis;

class RedisClusterOnlineStoreIT extends RedisStoreContract {
  private static final class Shared {
    static final RedisServer SERVER = RedisServer.cluster();
  }

  @Override
  protected RedisServer server() {
    return Shared.SERVER;
  }
}
