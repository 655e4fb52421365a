package dev.thaw.serving.eventlog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file of the journal: frames of {@code u32 length, u32 crc32, body}; the body is topic, key
 * and value, each as {@code i32 length, bytes}, length -1 for no value. A file beside it keeps how
 * far it was released. What can't be read is passed over, but nothing is thrown away: a file with a
 * damaged frame, and an end that is no whole frame, are kept beside it as {@code .damaged}.
 */
final class JournalSegment {
  private static final Logger LOG = LoggerFactory.getLogger(JournalSegment.class);
  private static final String SUFFIX = ".journal";
  private static final Pattern NAMED = Pattern.compile("(\\d{19})\\.journal(\\..*)?");
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

  /** The number in the name of a segment or of a file beside one, -1 if it is neither. */
  static long numberOf(Path file) {
    Matcher name = NAMED.matcher(file.getFileName().toString());
    return name.matches() ? Long.parseLong(name.group(1)) : -1;
  }

  static JournalSegment create(Path folder, long number) throws IOException {
    Path file = folder.resolve(String.format("%019d%s", number, SUFFIX));
    JournalSegment segment =
        new JournalSegment(
            file,
            FileChannel.open(
                file,
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE),
            number);
    forceFolder(folder);
    return segment;
  }

  /** Else a crash could lose the name of a file whose content is on the disk. */
  static void forceFolder(Path folder) throws IOException {
    try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
      entries.force(true);
    }
  }

  static JournalSegment recover(Path file) throws IOException {
    String name = file.getFileName().toString();
    JournalSegment segment =
        new JournalSegment(
            file,
            FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE),
            Long.parseLong(name.substring(0, name.length() - SUFFIX.length())));
    segment.size = segment.wholeFrames();
    long left = segment.channel.size() - segment.size;
    if (left > 0) {
      LOG.warn("{} ends with {} bytes that are no whole record", file, left);
      segment.keepDamaged();
      segment.channel.truncate(segment.size);
    }
    segment.released = Math.min(segment.readPosition(), segment.size);
    return segment;
  }

  /** From the beginning if it can't be told: what is sent twice is dropped by its readers. */
  private long readPosition() throws IOException {
    if (!Files.exists(position())) {
      return 0;
    }
    String text = Files.readString(position()).strip();
    try {
      return Math.max(0, Long.parseLong(text));
    } catch (NumberFormatException e) {
      LOG.warn(
          "{} must hold a number, was \"{}\"; all of {} is sent again", position(), text, file);
      return 0;
    }
  }

  private void keepDamaged() throws IOException {
    Path kept = file.resolveSibling(file.getFileName() + ".damaged");
    if (!Files.exists(kept)) {
      Files.copy(file, kept);
      LOG.warn("{} is kept as {}", file, kept);
    }
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
   * Reads records on from the released position; damaged ones are passed over.
   *
   * @return the position after the last record read
   */
  long read(int limit, List<LogRecord> into) throws IOException {
    long at = released;
    while (at < size && into.size() < limit) {
      long end = endOfFrame(at);
      ByteBuffer body = end < 0 ? null : bodyOf(at, end);
      if (body == null) {
        LOG.error("{} has a damaged record at byte {}, which is not sent", file, at);
        keepDamaged();
        at = end < 0 ? size : end;
        continue;
      }
      at = end;
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

  /**
   * The position goes when the segment is gone for good: a segment that came back without it would
   * be sent again, behind younger records of its keys. A position that stays is no one's.
   */
  void delete() throws IOException {
    channel.close();
    Files.deleteIfExists(file);
    forceFolder(Objects.requireNonNull(file.toAbsolutePath().getParent()));
    Files.deleteIfExists(position());
  }

  void close() throws IOException {
    channel.close();
  }

  private Path position() {
    return file.resolveSibling(file.getFileName() + ".released");
  }

  private long wholeFrames() throws IOException {
    long at = 0;
    while (true) {
      long end = endOfFrame(at);
      if (end < 0) {
        return at;
      }
      at = end;
    }
  }

  /** Where the frame at a position ends by its length, -1 if no whole one can be there. */
  private long endOfFrame(long at) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    if (!fill(header, at)) {
      return -1;
    }
    int length = header.getInt(0);
    long end = at + HEADER + length;
    return length < 12 || end > channel.size() ? -1 : end;
  }

  /** The body of a frame, null if its checksum says that it is damaged. */
  private @Nullable ByteBuffer bodyOf(long at, long end) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(Math.toIntExact(end - at));
    if (!fill(frame, at)) {
      return null;
    }
    int length = frame.capacity() - HEADER;
    return crc(frame.array(), HEADER, length) == frame.getInt(4)
        ? frame.position(HEADER).slice()
        : null;
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
