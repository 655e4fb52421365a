package dev.thaw.launcher.imports;

import dev.thaw.featuredefinitions.domains.DomainDefinition;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.EventType;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;

/** One layout of data files. */
interface ImportFormat {

  /** As the command line and {@code import.json} call it. */
  String name();

  /**
   * Reads all of it.
   *
   * @throws ImportException if a file that it can't do without is missing
   */
  void read(Path from, Reading reading) throws IOException;

  /** How lines are read and where what they say goes. */
  interface Reading {
    Lines lines(Charset charset);

    Gathered gathered();
  }

  /** A domain of ratings where what is liked or bought or clicked counts as positive, too. */
  static DomainDefinition ratings(
      String name,
      double min,
      double max,
      double positive,
      List<String> attributes,
      List<DomainId> sources) {
    return new DomainDefinition(
        DomainId.of(name),
        min,
        max,
        positive,
        List.of(EventType.LIKE, EventType.PURCHASE, EventType.CLICK),
        attributes,
        sources);
  }
}
