package dev.thaw.featuredefinitions.online;

/** The online store could not be reached or holds bytes that can't be read. */
public final class OnlineStoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public OnlineStoreException(String message, Throwable cause) {
    super(message, cause);
  }

  public OnlineStoreException(String message) {
    super(message);
  }
}
