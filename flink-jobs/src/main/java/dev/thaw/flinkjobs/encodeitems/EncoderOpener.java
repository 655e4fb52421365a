package dev.thaw.flinkjobs.encodeitems;

import dev.thaw.models.encoder.ItemEncoder;
import java.io.Serializable;

/** Opens the configured item encoder where a task runs. */
@FunctionalInterface
public interface EncoderOpener extends Serializable {
  ItemEncoder open();
}
