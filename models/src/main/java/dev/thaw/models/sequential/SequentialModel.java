package dev.thaw.models.sequential;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.history.History;
import dev.thaw.models.ranking.Ranker;

/** Ranks by a user's newest likes, in their order; the artefact of one domain. Thread-safe. */
public sealed interface SequentialModel extends Ranker permits DinModel, SasrecModel {
  DomainId domain();

  /** Entries that are looked at: the newest liked ones of items that were trained on. */
  int counted(History history);

  /** All of the model; {@link #read} gives an equal one. */
  void write(BinaryWriter out);

  /**
   * @throws IllegalArgumentException naming the byte where it stops making sense
   */
  static SequentialModel read(BinaryReader in) {
    int format = in.readByte();
    return switch (format) {
      case SasrecModel.FORMAT -> SasrecModel.readRest(in);
      case DinModel.FORMAT -> DinModel.readRest(in);
      default -> throw in.damaged("format of a sequential model " + format);
    };
  }
}
