package dev.thaw.serving.eventlog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.zip.CRC32;

/**
 * One file of the journal: frames of {@code u32 length, u32 crc32, body}; the body is topic, key
 * and value, each as {@code i32 length, bytes}, length -1 for no value. A file beside it keeps how
 * far it was released.
 */
final class JournalSegment {
  private static final String SUFFIX = ".journal";
  private static final int HEADER = 8;

  private final Path file;
  private final FileChannel channel;
  private final long number;
  private long size;
  private long released;

  private JournalSegment(Path file, FileChannel channel, long number) {
    this.file = file;
    this.channel = channel;
    this.number = number;
  }

  static boolean isSegment(Path file) {
    return file.getFileName().toString().endsWith(SUFFIX);
  }

  static JournalSegment create(Path folder, long number) throws IOException {
    Path file = folder.resolve(String.format("%019d%s", number, SUFFIX));
    return new JournalSegment(
        file,
        FileChannel.open(
            file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
        number);
  }

  static JournalSegment recover(Path file) throws IOException {
    String name = file.getFileName().toString();
    JournalSegment segment =
        new JournalSegment(
            file,
            FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE),
            Long.parseLong(name.substring(0, name.length() - SUFFIX.length())));
    segment.size = segment.intactBytes();
    segment.channel.truncate(segment.size);
    if (Files.exists(segment.position())) {
      String position = Files.readString(segment.position()).strip();
      segment.released = Math.min(Long.parseLong(position), segment.size);
    }
    return segment;
  }

  long number() {
    return number;
  }

  long size() {
    return size;
  }

  long unread() {
    return size - released;
  }

  boolean isRead() {
    return released >= size;
  }

  void append(ByteBuffer frames) throws IOException {
    long at = size;
    while (frames.hasRemaining()) {
      at += channel.write(frames, at);
    }
    channel.force(false);
    size = at;
  }

  /**
   * @return the position after the last record read
   */
  long read(int limit, List<LogRecord> into) throws IOException {
    long at = released;
    while (at < size && into.size() < limit) {
      ByteBuffer body = bodyAt(at);
      if (body == null) {
        throw new IOException("damaged record at byte " + at + " of " + file);
      }
      at += HEADER + body.remaining();
      String topic = new String(bytes(body), StandardCharsets.UTF_8);
      String key = new String(bytes(body), StandardCharsets.UTF_8);
      int length = body.getInt();
      byte[] value = length < 0 ? null : new byte[length];
      if (value != null) {
        body.get(value);
      }
      into.add(LogRecord.read(topic, key, value));
    }
    return at;
  }

  void readUpTo(long position) throws IOException {
    released = position;
    Path next = position().resolveSibling(position().getFileName() + ".next");
    Files.writeString(next, Long.toString(position));
    Files.move(next, position(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  void delete() throws IOException {
    channel.close();
    Files.deleteIfExists(file);
    Files.deleteIfExists(position());
  }

  void close() throws IOException {
    channel.close();
  }

  private Path position() {
    return file.resolveSibling(file.getFileName() + ".released");
  }

  private long intactBytes() throws IOException {
    long at = 0;
    while (true) {
      ByteBuffer body = bodyAt(at);
      if (body == null) {
        return at;
      }
      at += HEADER + body.remaining();
    }
  }

  /** The body of the frame at a position, null if there is no whole and undamaged one. */
  private @org.jspecify.annotations.Nullable ByteBuffer bodyAt(long at) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    if (!fill(header, at)) {
      return null;
    }
    int length = header.getInt(0);
    if (length < 12 || at + HEADER + length > channel.size()) {
      return null;
    }
    ByteBuffer body = ByteBuffer.allocate(length);
    if (!fill(body, at + HEADER)) {
      return null;
    }
    body.flip();
    return crc(body.array(), 0, length) == header.getInt(4) ? body : null;
  }

  private boolean fill(ByteBuffer buffer, long from) throws IOException {
    long at = from;
    while (buffer.hasRemaining()) {
      int n = channel.read(buffer, at);
      if (n < 0) {
        return false;
      }
      at += n;
    }
    return true;
  }

  static ByteBuffer encode(List<LogRecord> records) {
    byte[][] parts = new byte[records.size() * 2][];
    int total = 0;
    for (int i = 0; i < records.size(); i++) {
      LogRecord each = records.get(i);
      parts[2 * i] = each.topic().getBytes(StandardCharsets.UTF_8);
      parts[2 * i + 1] = each.key().getBytes(StandardCharsets.UTF_8);
      byte[] value = each.value();
      total +=
          HEADER
              + 12
              + parts[2 * i].length
              + parts[2 * i + 1].length
              + (value == null ? 0 : value.length);
    }
    ByteBuffer out = ByteBuffer.allocate(total);
    for (int i = 0; i < records.size(); i++) {
      int frame = out.position();
      out.position(frame + HEADER);
      put(out, parts[2 * i]);
      put(out, parts[2 * i + 1]);
      byte[] value = records.get(i).value();
      if (value == null) {
        out.putInt(-1);
      } else {
        put(out, value);
      }
      int length = out.position() - frame - HEADER;
      out.putInt(frame, length);
      out.putInt(frame + 4, crc(out.array(), frame + HEADER, length));
    }
    return out.flip();
  }

  private static void put(ByteBuffer out, byte[] bytes) {
    out.putInt(bytes.length).put(bytes);
  }

  private static byte[] bytes(ByteBuffer in) {
    byte[] out = new byte[in.getInt()];
    in.get(out);
    return out;
  }

  private static int crc(byte[] bytes, int from, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }
}
