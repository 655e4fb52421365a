package dev.thaw.evaluation.split;

import dev.thaw.evaluation.experiment.Experiment;
import dev.thaw.evaluation.experiment.HeldOutUser;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.served.SourceDomain;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Writes the split of an experiment as tab-separated files with a head line, for {@link
 * SplitFolder} and for other programs.
 *
 * <ul>
 *   <li>{@code train.tsv} (user, item, rating, time_ms): the target domain without the held-out
 *       users
 *   <li>{@code support.tsv, query.tsv} (user, item, rating, time_ms, rank): the held-out users'
 *       interactions in the order of their rank in time, from 1 on; the support are the first
 *       {@value #SUPPORT}, of which the first K are given, or what the split fixes
 *   <li>{@code sources.tsv} (domain, user, item, rating, time_ms): the source domains
 *   <li>{@code items.tsv} (domain, item) and {@code users.tsv} (domain, user): all that have a
 *       number, with and without interactions; it says in which order random numbers are drawn
 *   <li>{@value SplitHead#FILE}: scales and what the protocol was
 * </ul>
 *
 * A cell of a time is empty where there is none. What items and profiles say is not written: the
 * data folder has it.
 */
public final class SplitWriter {
  static final String TRAIN = "train.tsv";
  static final String SUPPORT_ROWS = "support.tsv";
  static final String QUERY = "query.tsv";
  static final String SOURCES = "sources.tsv";
  static final String ITEMS = "items.tsv";
  static final String USERS = "users.tsv";
  private static final int SUPPORT = 20;

  private final Path folder;

  private SplitWriter(Path folder) {
    this.folder = folder;
  }

  /** Lines of one file. */
  private interface Lines {
    void to(BufferedWriter out) throws IOException;
  }

  /**
   * @param folder made if it is not there
   */
  public static void write(Experiment experiment, Path folder) throws IOException {
    Files.createDirectories(folder);
    new SplitWriter(folder).write(experiment);
  }

  private void write(Experiment experiment) throws IOException {
    write(
        TRAIN, "user\titem\trating\ttime_ms", out -> interactions("", experiment.training(), out));
    write(SUPPORT_ROWS, "user\titem\trating\ttime_ms\trank", out -> heldOut(experiment, true, out));
    write(QUERY, "user\titem\trating\ttime_ms\trank", out -> heldOut(experiment, false, out));
    write(SOURCES, "domain\tuser\titem\trating\ttime_ms", out -> sources(experiment, out));
    write(ITEMS, "domain\titem", out -> names(experiment, of -> of.items().all(), out));
    write(USERS, "domain\tuser", out -> names(experiment, Interactions::users, out));
    head(experiment).write(folder);
  }

  private void write(String name, String columns, Lines lines) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(folder.resolve(name))) {
      out.write(columns + "\n");
      lines.to(out);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void interactions(String prefix, Interactions data, BufferedWriter out)
      throws IOException {
    for (int u = 0; u < data.users().size(); u++) {
      for (int at = data.rowStart(u); at < data.rowStart(u + 1); at++) {
        out.write(
            prefix
                + data.users().get(u)
                + '\t'
                + data.items().get(data.rowItem(at))
                + '\t'
                + data.rowStrength(at)
                + '\t'
                + time(data.rowTime(at))
                + '\n');
      }
    }
  }

  private static void heldOut(Experiment experiment, boolean support, BufferedWriter out)
      throws IOException {
    for (HeldOutUser user : experiment.test()) {
      int size = user.inOrder().size();
      int given = user.support() == null ? Math.min(SUPPORT, size) : user.support();
      for (int rank = support ? 0 : given; rank < (support ? given : size); rank++) {
        History.Entry entry = user.inOrder().get(rank);
        out.write(
            user.user()
                + "\t"
                + entry.item()
                + '\t'
                + entry.strength()
                + '\t'
                + time(entry.timeMillis())
                + '\t'
                + (rank + 1)
                + '\n');
      }
    }
  }

  private static void sources(Experiment experiment, BufferedWriter out) throws IOException {
    for (Map.Entry<DomainId, SourceDomain> source : experiment.sources().entrySet()) {
      interactions(source.getKey() + "\t", source.getValue().interactions(), out);
    }
  }

  private static void names(
      Experiment experiment, Function<Interactions, List<?>> names, BufferedWriter out)
      throws IOException {
    for (Object name : names.apply(experiment.training())) {
      out.write(experiment.target() + "\t" + name + "\n");
    }
    for (Map.Entry<DomainId, SourceDomain> source : experiment.sources().entrySet()) {
      for (Object name : names.apply(source.getValue().interactions())) {
        out.write(source.getKey() + "\t" + name + "\n");
      }
    }
  }

  private static SplitHead head(Experiment experiment) {
    SortedMap<String, RatingScale> sources = new TreeMap<>();
    experiment.sources().forEach((domain, source) -> sources.put(domain.value(), source.scale()));
    return new SplitHead(
        SplitHead.FORMAT,
        experiment.target().value(),
        experiment.origin(),
        experiment.scale(),
        experiment.attributes(),
        experiment.before(),
        experiment.fixesSupport(),
        sources,
        experiment.pairs());
  }

  private static String time(long timeMillis) {
    return timeMillis == Interactions.UNTIMED ? "" : Long.toString(timeMillis);
  }
}
