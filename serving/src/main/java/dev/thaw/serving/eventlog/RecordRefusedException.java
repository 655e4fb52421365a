package dev.thaw.serving.eventlog;

/** The remote end will never take this record, whatever its state; the others it may take. */
final class RecordRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RecordRefusedException(LogRecord record, Throwable cause) {
    super(record + " is refused: " + cause.getMessage(), cause);
  }
}
