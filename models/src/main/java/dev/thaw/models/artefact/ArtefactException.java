package dev.thaw.models.artefact;

/** An artefact is missing, half-written, corrupt or of another format; names the file. */
public final class ArtefactException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ArtefactException(String message) {
    super(message);
  }

  public ArtefactException(String message, Throwable cause) {
    super(message, cause);
  }
}
