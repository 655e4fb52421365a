package dev.thaw.models.images;

/** An image can't be had; the message says which and why. The caller goes on without it. */
public final class UnreadableImageException extends Exception {
  private static final long serialVersionUID = 1L;

  UnreadableImageException(String message) {
    super(message);
  }

  UnreadableImageException(String message, Throwable cause) {
    super(message, cause);
  }
}
