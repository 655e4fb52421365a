package dev.thaw.models.images;

/** An image can't be had; the message says which and why. The caller goes on without it. */
public final class UnreadableImageException extends Exception {
  private static final long serialVersionUID = 1L;

  public UnreadableImageException(String message) {
    super(message);
  }

  public UnreadableImageException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Of an image with more bytes than there may be. */
  public static UnreadableImageException tooLarge(int maxBytes) {
    return new UnreadableImageException("must have at most " + maxBytes + " bytes, has more");
  }
}
