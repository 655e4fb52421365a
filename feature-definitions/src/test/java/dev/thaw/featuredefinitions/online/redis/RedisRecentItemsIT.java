package dev.thaw.featuredefinitions.online.redis;

import dev.thaw.featuredefinitions.online.RecentItemsContract;
import java.util.concurrent.atomic.AtomicInteger;

class RedisRecentItemsIT extends RecentItemsContract {
  private static final AtomicInteger PROJECTS = new AtomicInteger();

  private static final class Shared {
    static final RedisServer SERVER = RedisServer.single();
  }

  @Override
  protected Place newPlace() {
    String project = "recents" + PROJECTS.incrementAndGet();
    return (bounds, clock) ->
        RedisRecentItems.open(Shared.SERVER.location(), project, bounds, clock);
  }
}
