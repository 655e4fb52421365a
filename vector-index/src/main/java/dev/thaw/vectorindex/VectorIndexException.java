package dev.thaw.vectorindex;

/** The index could not be reached or is damaged. */
public final class VectorIndexException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public VectorIndexException(String message, Throwable cause) {
    super(message, cause);
  }

  public VectorIndexException(String message) {
    super(message);
  }
}
