package dev.thaw.featuredefinitions.wire;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Splits a stream into lines and keeps at most the given bytes of each; the rest is counted. */
final class Lines {
  private final InputStream in;
  private final int maxKept;
  private final byte[] buffer = new byte[1 << 16];
  private int position;
  private int limit;
  private byte[] line = new byte[1024];
  private int kept;
  private long length;
  private long number;

  Lines(InputStream in, int maxKept) {
    this.in = in;
    this.maxKept = maxKept;
  }

  /** Moves to the next line; false at the end. A line feed at the very end starts no line. */
  boolean next() throws IOException {
    kept = 0;
    length = 0;
    if (!fill()) {
      return false;
    }
    number++;
    while (fill()) {
      int end = position;
      while (end < limit && buffer[end] != '\n') {
        end++;
      }
      append(end - position);
      position = end;
      if (end < limit) {
        position++;
        break;
      }
    }
    dropByteOrderMark();
    return true;
  }

  private boolean fill() throws IOException {
    if (position == limit) {
      position = 0;
      limit = Math.max(0, in.read(buffer));
    }
    return position < limit;
  }

  private void append(int count) {
    length += count;
    int taken = Math.min(count, maxKept - kept);
    if (kept + taken > line.length) {
      line = Arrays.copyOf(line, Math.max(kept + taken, Math.min(2 * line.length, maxKept)));
    }
    System.arraycopy(buffer, position, line, kept, taken);
    kept += taken;
  }

  private void dropByteOrderMark() {
    int mark = number == 1 ? Utf8.markLength(line, 0, kept) : 0;
    if (mark > 0) {
      System.arraycopy(line, mark, line, 0, kept - mark);
      kept -= mark;
      length -= mark;
    }
  }

  boolean isBlank() {
    for (int i = 0; i < kept; i++) {
      if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  /** From 1. */
  long number() {
    return number;
  }

  /** Valid until the next line, up to {@link #kept}. */
  byte[] bytes() {
    return line;
  }

  int kept() {
    return kept;
  }

  /** Bytes of the line without its line feed. */
  long length() {
    return length;
  }
}
