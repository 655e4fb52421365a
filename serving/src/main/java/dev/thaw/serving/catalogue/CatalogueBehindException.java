package dev.thaw.serving.catalogue;

/** This server may not have read yet what it was asked about; another one may have. */
public final class CatalogueBehindException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CatalogueBehindException(String message) {
    super(message);
  }
}
