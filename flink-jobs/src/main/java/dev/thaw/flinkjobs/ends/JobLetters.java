package dev.thaw.flinkjobs.ends;

import dev.thaw.featuredefinitions.wire.DeadLetter;
import dev.thaw.featuredefinitions.wire.WireFormat;
import dev.thaw.featuredefinitions.wire.WireFormats;
import dev.thaw.featuredefinitions.wire.WireResult;
import java.time.Instant;

/** Dead letters as one job writes them: with its name. */
record JobLetters(String job) implements WireFormat<DeadLetter> {
  private static final WireFormat<DeadLetter> LETTERS = WireFormats.deadLetters();

  @Override
  public WireResult<DeadLetter> read(byte[] bytes, int offset, int length, Instant now) {
    return LETTERS.read(bytes, offset, length, now);
  }

  @Override
  public byte[] write(DeadLetter letter) {
    return LETTERS.write(letter.by(job));
  }

  @Override
  public int maxRecordBytes() {
    return LETTERS.maxRecordBytes();
  }
}
