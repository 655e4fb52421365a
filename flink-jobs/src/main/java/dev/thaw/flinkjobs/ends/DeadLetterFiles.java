package dev.thaw.flinkjobs.ends;

import dev.thaw.featuredefinitions.wire.DeadLetter;
import dev.thaw.featuredefinitions.wire.WireFormat;
import java.nio.file.Path;
import org.apache.flink.api.common.serialization.Encoder;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.file.sink.FileSink;

/** Dead letters as JSON Lines, for bounded jobs that read files without a broker. */
final class DeadLetterFiles {
  private DeadLetterFiles() {}

  static Sink<DeadLetter> in(Path folder, WireFormat<DeadLetter> format) {
    Encoder<DeadLetter> lines =
        (letter, out) -> {
          out.write(format.write(letter));
          out.write('\n');
        };
    return FileSink.forRowFormat(
            new org.apache.flink.core.fs.Path(folder.toAbsolutePath().toUri()), lines)
        .build();
  }
}
