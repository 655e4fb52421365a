package dev.thaw.models.binary;

/** Bytes of an earlier version's form, which is no longer read; nothing about them is damaged. */
public final class OutdatedFormatException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  public OutdatedFormatException(String message) {
    super(message);
  }
}
