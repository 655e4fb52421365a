package dev.thaw.models.itemtoitem;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.binary.OutdatedFormatException;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.ItemDictionary;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.interactions.UserAttributes;
import dev.thaw.models.ranking.Ranker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Two ensembles of one domain: one for short histories, where popularity has to help, and one for
 * longer ones, where a regression from all items may see what single pairs don't. A score is
 * O(items x (members + rank of an autoencoder) + likes x neighbours). Immutable, thread-safe.
 *
 * @param few ranks histories of fewer than {@value #MANY_FROM} liked items
 * @param many ranks the others
 */
public record ItemToItemPair(LikesEnsemble few, LikesEnsemble many) implements Ranker {
  /** Halfway, in ratio, between the lengths that either is chosen on. */
  static final int MANY_FROM = 6;

  private static final int FORMAT = 2;

  private static final int COUNTS = 0;
  private static final int AUTOENCODER = 1;

  public ItemToItemPair {
    if (!few.items().equals(many.items())
        || !few.counting().domain().equals(many.counting().domain())) {
      throw new IllegalArgumentException(
          "models must be of the same items, were of " + few + " and " + many);
    }
  }

  /**
   * Trains once what both have in common.
   *
   * @param positives interactions that the users liked
   * @param threads change nothing but the time
   */
  public static ItemToItemPair fit(
      ItemToItemTuning.Choice choice,
      Interactions positives,
      UserAttributes attributes,
      RatingScale scale,
      int threads,
      RandomGenerator random) {
    List<LikesConfig> configs =
        Stream.of(choice.few(), choice.many())
            .flatMap(each -> each.parts().stream())
            .map(EnsembleConfig.Part::config)
            .toList();
    LikesLibrary library = new LikesLibrary(positives, attributes, scale, threads, random, configs);
    return new ItemToItemPair(library.ensemble(choice.few()), library.ensemble(choice.many()));
  }

  public DomainId domain() {
    return few.counting().domain();
  }

  /** Says which items of a history are liked. */
  public RatingScale scale() {
    return few.counting().scale();
  }

  @Override
  public String name() {
    return few.name();
  }

  @Override
  public ItemDictionary items() {
    return few.items();
  }

  /** Entries that have a part in {@link #score}: liked ones of items that were trained on. */
  public int counted(History history) {
    return few.counting().counted(history);
  }

  /** Whether an item was liked by anybody. */
  public boolean knows(int item) {
    return few.counting().knows(item);
  }

  @Override
  public void score(History history, float[] out) {
    score(history, Map.of(), out);
  }

  @Override
  public void score(History history, Map<String, String> attributes, float[] out) {
    (counted(history) < MANY_FROM ? few : many).score(history, attributes, out);
  }

  /** All of both ensembles, what they have in common once; {@link #read} gives an equal pair. */
  public void write(BinaryWriter out) {
    out.writeByte(FORMAT);
    List<LikesRanker> models = new ArrayList<>();
    Stream.of(few, many)
        .flatMap(each -> each.members().stream())
        .map(LikesEnsemble.Member::ranker)
        .filter(ranker -> models.stream().noneMatch(each -> sharesWeights(each, ranker)))
        .forEach(models::add);
    out.writeCount(models.size());
    models.forEach(model -> write(model, out));
    write(few, models, out);
    write(many, models, out);
  }

  private static boolean sharesWeights(LikesRanker model, LikesRanker other) {
    return model instanceof ItemToItemModel counts && other instanceof ItemToItemModel others
        ? counts.config().sharesWeights(others.config())
        : model.equals(other);
  }

  private static void write(LikesRanker model, BinaryWriter out) {
    if (model instanceof ItemToItemModel counts) {
      out.writeByte(COUNTS);
      counts.write(out);
    } else {
      out.writeByte(AUTOENCODER);
      ((KernelAutoencoder) model).write(out);
    }
  }

  private static void write(LikesEnsemble ensemble, List<LikesRanker> models, BinaryWriter out) {
    out.writeCount(ensemble.members().size());
    for (LikesEnsemble.Member member : ensemble.members()) {
      int number = 0;
      while (!sharesWeights(models.get(number), member.ranker())) {
        number++;
      }
      out.writeCount(number).writeCount(member.weight());
      if (member.ranker() instanceof ItemToItemModel counts) {
        out.writeDouble(counts.config().popularityWeight())
            .writeDouble(counts.config().historyPower());
      }
    }
  }

  /**
   * @throws OutdatedFormatException if it is one of an earlier version
   * @throws IllegalArgumentException naming the byte where it stops making sense
   */
  public static ItemToItemPair read(BinaryReader in) {
    int format = in.readByte();
    if (format != FORMAT) {
      throw new OutdatedFormatException(
          "item-to-item has format " + format + ", not " + FORMAT + ": it must be trained anew");
    }
    List<LikesRanker> models = new ArrayList<>();
    int size = in.readSize(1);
    for (int m = 0; m < size; m++) {
      models.add(model(in));
    }
    return new ItemToItemPair(ensemble(models, in), ensemble(models, in));
  }

  private static LikesRanker model(BinaryReader in) {
    int kind = in.readByte();
    if (kind == COUNTS) {
      return ItemToItemModel.read(in);
    }
    if (kind != AUTOENCODER) {
      throw in.damaged("model of kind " + kind);
    }
    return KernelAutoencoder.read(in);
  }

  private static LikesEnsemble ensemble(List<LikesRanker> models, BinaryReader in) {
    List<LikesEnsemble.Member> members = new ArrayList<>();
    int size = in.readSize(2);
    for (int m = 0; m < size; m++) {
      long number = in.readCount();
      int weight = Math.toIntExact(in.readCount());
      if (number >= models.size()) {
        throw in.damaged("model " + number + " of " + models.size());
      }
      LikesRanker model = models.get((int) number);
      members.add(
          new LikesEnsemble.Member(
              model instanceof ItemToItemModel counts
                  ? counts.with(in.readDouble(), in.readDouble())
                  : model,
              weight));
    }
    return new LikesEnsemble(members);
  }
}
