package dev.thaw.serving.api;

import com.fasterxml.jackson.core.JsonProcessingException;

/** Jackson's complaints without the source dump. */
public final class JsonErrors {
  private JsonErrors() {}

  public static String describe(JsonProcessingException e) {
    String message = e.getOriginalMessage();
    return e.getLocation() == null
        ? message
        : message
            + " (line "
            + e.getLocation().getLineNr()
            + ", column "
            + e.getLocation().getColumnNr()
            + ")";
  }
}
