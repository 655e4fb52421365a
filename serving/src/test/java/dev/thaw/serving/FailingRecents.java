package dev.thaw.serving;

import dev.thaw.featuredefinitions.online.OnlineStoreException;
import dev.thaw.featuredefinitions.online.RecentItems;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import java.util.List;

/** The real recent items behind the same line as the store they are in. */
final class FailingRecents implements RecentItems {
  private final RecentItems recents;
  private final Trouble trouble;

  FailingRecents(RecentItems recents, Trouble trouble) {
    this.recents = recents;
    this.trouble = trouble;
  }

  @Override
  public void append(List<Recent> batch) {
    trouble.pass(() -> new OnlineStoreException("connection refused"));
    recents.append(batch);
  }

  @Override
  public List<Recent> of(UserId user) {
    trouble.pass(() -> new OnlineStoreException("connection refused"));
    return recents.of(user);
  }

  @Override
  public void delete(UserId user) {
    trouble.pass(() -> new OnlineStoreException("connection refused"));
    recents.delete(user);
  }

  @Override
  public void close() {
    recents.close();
  }
}
