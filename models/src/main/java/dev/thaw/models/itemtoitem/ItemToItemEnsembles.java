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

/**
 * The ensembles of one domain, one for each {@link HistoryKind}. A score is O(items x (members +
 * rank of an autoencoder) + likes x neighbours). Immutable, thread-safe.
 */
public final class ItemToItemEnsembles implements Ranker {
  private static final int FORMAT = 5;

  private static final int COUNTS = 0;
  private static final int AUTOENCODER = 1;
  private static final int POPULARITY = 2;
  private static final int ANSWERS = 3;

  /** By {@link HistoryKind}, in its order. */
  private final List<LikesEnsemble> byKind;

  private final int answersFrom;

  /**
   * @param byKind one for each {@link HistoryKind}, in its order
   * @param answersFrom see {@link ItemToItemTuning.Choice}
   */
  ItemToItemEnsembles(List<LikesEnsemble> byKind, int answersFrom) {
    this.byKind = List.copyOf(byKind);
    this.answersFrom = answersFrom;
  }

  /**
   * Trains once what both have in common.
   *
   * @param positives interactions that the users liked
   * @param threads change nothing but the time
   */
  public static ItemToItemEnsembles fit(
      ItemToItemTuning.Choice choice,
      Interactions positives,
      UserAttributes attributes,
      RatingScale scale,
      int threads,
      RandomGenerator random) {
    List<LikesConfig> configs =
        choice.ensembles().stream()
            .flatMap(each -> each.parts().stream())
            .map(EnsembleConfig.Part::config)
            .toList();
    LikesLibrary library = new LikesLibrary(positives, attributes, scale, threads, random, configs);
    return new ItemToItemEnsembles(
        choice.ensembles().stream().map(library::ensemble).toList(), choice.answersFrom());
  }

  /** The one that answers histories of this kind. */
  LikesEnsemble of(HistoryKind kind) {
    return byKind.get(kind.ordinal());
  }

  private HistoryKind kindOf(History history) {
    return kindOf(history, understood(history));
  }

  private HistoryKind kindOf(History history, int understood) {
    return HistoryKind.of(history.only(any().counting()::counts), understood, answersFrom);
  }

  private int understood(History history) {
    return of(HistoryKind.ANSWERS).answers(history);
  }

  /** What all have in common is asked of any. */
  private LikesEnsemble any() {
    return byKind.get(0);
  }

  public DomainId domain() {
    return any().counting().domain();
  }

  /** Says which items of a history are liked. */
  public RatingScale scale() {
    return any().counting().scale();
  }

  @Override
  public String name() {
    return any().name();
  }

  @Override
  public ItemDictionary items() {
    return any().items();
  }

  /** Entries that have a part in {@link #score}: liked ones of items that were trained on. */
  public int counted(History history) {
    return any().counting().counted(history);
  }

  /**
   * Onboarding answers that have a part in {@link #score}, whatever they say; 0 where the history
   * is ranked by its likes alone.
   */
  public int answers(History history) {
    int understood = understood(history);
    return kindOf(history, understood) == HistoryKind.ANSWERS ? understood : 0;
  }

  @Override
  public boolean saysWithoutLikes(History history) {
    return answers(history) > 0;
  }

  /** Whether an item was liked by anybody. */
  public boolean knows(int item) {
    return any().counting().knows(item);
  }

  @Override
  public void score(History history, float[] out) {
    score(history, Map.of(), out);
  }

  @Override
  public void score(History history, Map<String, String> attributes, float[] out) {
    of(kindOf(history)).score(history, attributes, out);
  }

  /** All ensembles, what they have in common once; {@link #read} gives such as score the same. */
  public void write(BinaryWriter out) {
    out.writeByte(FORMAT).writeCount(answersFrom);
    List<LikesRanker> models = new ArrayList<>();
    byKind.stream()
        .flatMap(each -> each.members().stream())
        .map(LikesEnsemble.Member::ranker)
        .filter(ranker -> models.stream().noneMatch(each -> sharesWeights(each, ranker)))
        .forEach(models::add);
    out.writeCount(models.size());
    models.forEach(model -> write(model, out));
    byKind.forEach(each -> write(each, models, out));
  }

  private static boolean sharesWeights(LikesRanker model, LikesRanker other) {
    return model instanceof ItemToItemModel counts && other instanceof ItemToItemModel others
        ? counts.config().sharesWeights(others.config())
        : model.config().equals(other.config());
  }

  private static void write(LikesRanker model, BinaryWriter out) {
    if (model instanceof ItemToItemModel counts) {
      out.writeByte(COUNTS);
      counts.write(out);
    } else if (model instanceof KernelAutoencoder autoencoder) {
      out.writeByte(AUTOENCODER);
      autoencoder.write(out);
    } else if (model instanceof AnswerRegression answers) {
      out.writeByte(ANSWERS);
      answers.write(out);
    } else {
      out.writeByte(POPULARITY);
      ((LikesPopularity) model).write(out);
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
  public static ItemToItemEnsembles read(BinaryReader in) {
    int format = in.readByte();
    if (format != FORMAT) {
      throw new OutdatedFormatException(
          "item-to-item has format " + format + ", not " + FORMAT + ": it must be trained anew");
    }
    long answersFrom = in.readCount();
    if (answersFrom < 1 || answersFrom > HistoryKind.NEVER) {
      throw in.damaged("ensemble of answers from " + answersFrom + " questions on");
    }
    List<LikesRanker> models = new ArrayList<>();
    int size = in.readSize(1);
    for (int m = 0; m < size; m++) {
      models.add(model(in));
    }
    List<LikesEnsemble> byKind = new ArrayList<>();
    for (int kind = 0; kind < HistoryKind.values().length; kind++) {
      byKind.add(ensemble(models, in));
    }
    LikesEnsemble first = byKind.get(0);
    for (LikesEnsemble each : byKind) {
      if (!each.items().equals(first.items())
          || !each.counting().domain().equals(first.counting().domain())) {
        throw in.damaged("ensembles of different items: " + byKind);
      }
    }
    return new ItemToItemEnsembles(byKind, (int) answersFrom);
  }

  private static LikesRanker model(BinaryReader in) {
    int kind = in.readByte();
    if (kind == COUNTS) {
      return ItemToItemModel.read(in);
    }
    if (kind == AUTOENCODER) {
      return KernelAutoencoder.read(in);
    }
    if (kind == ANSWERS) {
      return AnswerRegression.read(in);
    }
    if (kind != POPULARITY) {
      throw in.damaged("model of kind " + kind);
    }
    return LikesPopularity.read(in);
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
