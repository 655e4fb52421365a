package dev.thaw.featuredefinitions.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Serializable;

/** The fields of one kind of record, to be read and written inside its JSON object. */
interface RecordForm<T> extends Serializable {

  /**
   * @param in inside the object, before its first field; left behind its last one
   */
  T read(JsonCursor in) throws IOException;

  void write(T value, JsonGenerator out) throws IOException;
}
