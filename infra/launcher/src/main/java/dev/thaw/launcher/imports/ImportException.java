package dev.thaw.launcher.imports;

/** The import as a whole can't go on: a file is missing, or nothing of it can be used. */
public final class ImportException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ImportException(String message) {
    super(message);
  }
}
