package dev.thaw.serving.catalogue;

/** Where catalogue records come from besides this server's own posts. */
public interface CatalogueFeed extends AutoCloseable {

  /** For servers whose posts are the only source. */
  CatalogueFeed NONE =
      new CatalogueFeed() {
        @Override
        public void follow(Catalogue catalogue) {}

        @Override
        public boolean isCaughtUp() {
          return true;
        }

        @Override
        public void close() {}
      };

  /** Begins to bring records into the catalogue, in the background; called once. */
  void follow(Catalogue catalogue);

  /** Whether everything that was there when the feed began has arrived. */
  boolean isCaughtUp();

  @Override
  void close();
}
