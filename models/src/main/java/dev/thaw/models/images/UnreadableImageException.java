package dev.thaw.models.images;

import org.jspecify.annotations.Nullable;

/** An image can't be had; the message says which and why. The caller goes on without it. */
public final class UnreadableImageException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean serverFailed;

  public UnreadableImageException(String message) {
    this(message, null);
  }

  public UnreadableImageException(String message, @Nullable Throwable cause) {
    this(message, cause, false);
  }

  private UnreadableImageException(
      String message, @Nullable Throwable cause, boolean serverFailed) {
    super(message, cause);
    this.serverFailed = serverFailed;
  }

  /** Of an image with more bytes than there may be. */
  public static UnreadableImageException tooLarge(int maxBytes) {
    return new UnreadableImageException("must have at most " + maxBytes + " bytes, has more");
  }

  /** Of a server that is away, slow or at fault itself: its other images can't be had either. */
  public static UnreadableImageException serverFailed(String message, @Nullable Throwable cause) {
    return new UnreadableImageException(message, cause, true);
  }

  /** Whether the server failed, whatever image it was asked for. */
  public boolean isServerFailed() {
    return serverFailed;
  }
}
