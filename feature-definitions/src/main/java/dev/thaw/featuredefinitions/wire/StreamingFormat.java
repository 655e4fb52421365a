package dev.thaw.featuredefinitions.wire;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;

/** A {@link WireFormat} over Jackson's streaming parser: no tree, one pass. */
final class StreamingFormat<T> implements WireFormat<T> {
  private static final long serialVersionUID = 1L;

  /**
   * Field names are not interned and full symbol tables not refused: keys of contexts come from
   * outside, and nobody may fill the JVM's string table or stop a job with them. Nor is the
   * encoding guessed: records are UTF-8, whatever zeros they begin with. Characters beyond the
   * basic plane are written as they are, since Jackson 2.21 can't read field names that spell them
   * as two escapes.
   */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(8).maxNumberLength(64).build())
          .build();

  private final RecordForm<T> form;
  private final int maxRecordBytes;

  StreamingFormat(RecordForm<T> form, int maxRecordBytes) {
    this.form = form;
    this.maxRecordBytes = maxRecordBytes;
  }

  @Override
  public int maxRecordBytes() {
    return maxRecordBytes;
  }

  @Override
  public WireResult<T> read(byte[] bytes, int offset, int length, Instant now) {
    if (length > maxRecordBytes) {
      return rejected("", "", tooLarge(length, maxRecordBytes));
    }
    int invalid = Utf8.firstInvalid(bytes, offset, length);
    if (invalid >= 0) {
      String hex = String.format("0x%02X", bytes[offset + invalid]);
      return rejected("", hex, "must be UTF-8, is not from byte " + invalid + " on");
    }
    // as the first record of a file has that went into Kafka as it was; bodies and files lose
    // theirs
    int mark = Utf8.markLength(bytes, offset, length);
    try (JsonParser parser = JSON.createParser(bytes, offset + mark, length - mark)) {
      return read(parser, now);
    } catch (IOException e) {
      throw new AssertionError("reading from memory can't fail", e);
    }
  }

  private WireResult<T> read(JsonParser parser, Instant now) throws IOException {
    JsonCursor cursor = new JsonCursor(parser, now);
    try {
      cursor.enterObject();
      T value = form.read(cursor);
      cursor.requireEnd();
      return new WireResult.Accepted<>(value);
    } catch (WireFault e) {
      return new WireResult.Rejected<>(e.rejection());
    } catch (JsonProcessingException e) {
      long at = e.getLocation() == null ? 0 : e.getLocation().getByteOffset();
      return rejected(cursor.path(), "", "not JSON at byte " + at + ": " + e.getOriginalMessage());
    } catch (IllegalArgumentException e) {
      return rejected(cursor.path(), "", reason(cursor.name(), e));
    }
  }

  /** Ids and records check themselves; their messages begin with the name of the field. */
  private static String reason(String field, IllegalArgumentException e) {
    String message = String.valueOf(e.getMessage());
    return message.startsWith(field + " ") ? message.substring(field.length() + 1) : message;
  }

  @Override
  public byte[] write(T value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (JsonGenerator out = JSON.createGenerator(bytes, JsonEncoding.UTF8)) {
      out.writeStartObject();
      form.write(value, out);
      out.writeEndObject();
    } catch (IOException e) {
      throw new IllegalArgumentException("can't be written as JSON: " + e.getMessage(), e);
    }
    return bytes.toByteArray();
  }

  static String tooLarge(long bytes, int maxRecordBytes) {
    return "must have at most " + maxRecordBytes + " bytes, had " + bytes;
  }

  private WireResult<T> rejected(String field, String value, String reason) {
    return new WireResult.Rejected<>(new Rejection(field, value, reason));
  }
}
