package dev.thaw.serving.eventlog;

/** Writes can't be promised any more: Kafka is away and the journal has reached its bound. */
public final class LogFullException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public LogFullException(String message) {
    super(message);
  }
}
