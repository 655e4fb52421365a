package dev.thaw.models.projection;

import dev.thaw.featuredefinitions.vocabulary.CatalogueItem;
import dev.thaw.featuredefinitions.vocabulary.InnerProduct;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.content.ContentNeighbours;
import dev.thaw.models.factors.FactorModel;
import dev.thaw.models.factors.UserVector;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.metrics.RankingMetrics;
import dev.thaw.models.ranking.TopItems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Users that liked held-out items, or a part of them, folded in from the items they liked that are
 * not held out.
 */
final class HeldOutItems {
  private static final int MAX_USERS = 300;
  private static final int NEIGHBOURS = 20;
  private static final int K = 10;

  private final ProjectionData data;
  private final FactorModel factors;
  private final int[] items;
  private final FirstLikes known;
  private final List<Judge> judges = new ArrayList<>();

  /** By known likes: each candidate of {@link PriorStrength} is asked the same. */
  private final Map<Integer, List<BitSet>> stillOpen = new ConcurrentHashMap<>();

  /**
   * A user.
   *
   * @param user its number
   * @param others its history without any held-out item
   * @param relevant places in {@link #items}
   */
  private record Judge(int user, float[] query, History others, BitSet relevant) {}

  /**
   * @param factors trained without the held-out items
   * @param ranked those of the held-out items that are ranked and judged
   * @param random who becomes known first, of those of one time, to like an item
   */
  HeldOutItems(
      ProjectionData data,
      FactorModel factors,
      BitSet heldOut,
      BitSet ranked,
      RandomGenerator random) {
    this.data = data;
    this.factors = factors;
    this.items = ranked.stream().toArray();
    Interactions all = data.interactions();
    this.known = FirstLikes.of(all, items, all, random.nextLong());
    int users = all.users().size();
    int step = Math.max(1, users / MAX_USERS);
    for (int u = 0; u < users; u += step) {
      judge(u, all.history(u), heldOut, ranked);
    }
  }

  private void judge(int user, History history, BitSet heldOut, BitSet ranked) {
    Interactions all = data.interactions();
    List<History.Entry> others = new ArrayList<>();
    BitSet relevant = new BitSet();
    for (History.Entry entry : history.entries()) {
      int number = all.items().indexOf(entry.item());
      if (!heldOut.get(number)) {
        others.add(entry);
      } else if (ranked.get(number) && factors.scale().isPositive(entry.strength())) {
        relevant.set(Arrays.binarySearch(items, number));
      }
    }
    if (!others.isEmpty() && !relevant.isEmpty()) {
      History left = new History(others.size(), others);
      UserVector vector = factors.foldIn(left);
      judges.add(new Judge(user, vector.query(), left, relevant));
    }
  }

  /** Mean nDCG at 10 of the projected vectors among the held-out items. */
  double ndcg(Projection projection) {
    float[][] vectors = new float[items.length][];
    for (int i = 0; i < items.length; i++) {
      vectors[i] = projected(projection, i).vector();
    }
    return ndcg(vectors, 0);
  }

  /** What is projected of each, in their order. */
  List<Projected> projected(Projection projection) {
    return IntStream.range(0, items.length).mapToObj(i -> projected(projection, i)).toList();
  }

  /**
   * The same after so many known likes of each item, half of them at most, of what a user likes
   * beyond those.
   */
  double ndcg(List<Projected> projected, ItemPlacer placer, int likes) {
    float[][] vectors = new float[items.length][];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] =
          placer.place(projected.get(i), known.seen(i, likes), known.knownUsers(i, likes)).vector();
    }
    return ndcg(vectors, likes);
  }

  private Projected projected(Projection projection, int place) {
    ItemId item = data.interactions().items().get(items[place]);
    CatalogueItem record = Objects.requireNonNull(data.catalogue().get(item));
    return projection.projected(record, data.content().get(item));
  }

  private double ndcg(float[][] vectors, int likes) {
    float[] scores = new float[items.length];
    double sum = 0;
    int asked = 0;
    List<BitSet> open = stillOpen.computeIfAbsent(likes, this::open);
    for (int j = 0; j < open.size(); j++) {
      Judge judge = judges.get(j);
      BitSet wanted = open.get(j);
      if (!wanted.isEmpty()) {
        for (int i = 0; i < items.length; i++) {
          scores[i] = InnerProduct.of(vectors[i], judge.query, judge.query.length);
        }
        int[] top =
            TopItems.of(scores, K, place -> wanted.get(place) || !judge.relevant.get(place));
        sum += RankingMetrics.ndcg(top, K, wanted::get, wanted.cardinality());
        asked++;
      }
    }
    return asked == 0 ? 0 : sum / asked;
  }

  /** Of each judge what is relevant and not known after so many likes. */
  private List<BitSet> open(int likes) {
    return judges.stream()
        .map(
            judge -> {
              BitSet open = (BitSet) judge.relevant.clone();
              judge.relevant.stream()
                  .filter(place -> known.isKnown(place, likes, judge.user))
                  .forEach(open::clear);
              return open;
            })
        .toList();
  }

  /** The same of content neighbours: the sum of the largest similarities to what a user liked. */
  double ndcgOfContent() {
    if (data.content().isEmpty()) {
      return 0;
    }
    ContentNeighbours content =
        ContentNeighbours.of(data.content(), NEIGHBOURS, factors.scale().positive());
    int[] numbers =
        Arrays.stream(items)
            .map(item -> content.items().indexOf(data.interactions().items().get(item)))
            .toArray();
    float[] scores = new float[items.length];
    double sum = 0;
    for (Judge judge : judges) {
      content.score(judge.others, numbers, scores);
      sum += ndcg(scores, judge);
    }
    return judges.isEmpty() ? 0 : sum / judges.size();
  }

  /** Mean nDCG at 10 of random order: what is known of new items without content. */
  double ndcgOfChance(RandomGenerator random) {
    float[] scores = new float[items.length];
    double sum = 0;
    for (Judge judge : judges) {
      for (int i = 0; i < items.length; i++) {
        scores[i] = random.nextFloat();
      }
      sum += ndcg(scores, judge);
    }
    return judges.isEmpty() ? 0 : sum / judges.size();
  }

  private static double ndcg(float[] scores, Judge judge) {
    int[] top = TopItems.of(scores, K, i -> true);
    return RankingMetrics.ndcg(top, K, judge.relevant::get, judge.relevant.cardinality());
  }
}
