package dev.thaw.models.rolling;

import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import org.jspecify.annotations.Nullable;

/** The value of the newest event; of events of one time, of the one with the largest id. */
final class NewestValue extends Part {
  static final int KIND = 3;

  private long time;
  private @Nullable String eventId;
  private String text = "";
  private double number;

  boolean add(long atTime, String id, String newText, double newNumber) {
    if (eventId != null && (atTime < time || (atTime == time && id.compareTo(eventId) <= 0))) {
      return false;
    }
    time = atTime;
    eventId = id;
    text = newText;
    number = newNumber;
    return true;
  }

  String text() {
    return text;
  }

  double number() {
    return number;
  }

  @Override
  void dropUntil(long until) {
    if (eventId != null && time <= until) {
      clear();
    }
  }

  @Override
  long oldest() {
    return time;
  }

  @Override
  boolean isEmpty() {
    return eventId == null;
  }

  @Override
  void clear() {
    eventId = null;
    text = "";
    number = 0;
    time = 0;
  }

  @Override
  NewestValue copy() {
    NewestValue copy = new NewestValue();
    copy.time = time;
    copy.eventId = eventId;
    copy.text = text;
    copy.number = number;
    return copy;
  }

  @Override
  int kind() {
    return KIND;
  }

  @Override
  void write(BinaryWriter out) {
    String id = eventId;
    out.writeByte(id == null ? 0 : 1);
    if (id != null) {
      out.writeSigned(time).writeText(id).writeText(text).writeDouble(number);
    }
  }

  static NewestValue read(BinaryReader in) {
    NewestValue value = new NewestValue();
    if (in.readByte() != 0) {
      value.time = in.readSigned();
      value.eventId = in.readText();
      value.text = in.readText();
      value.number = in.readDouble();
    }
    return value;
  }
}
