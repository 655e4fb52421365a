package dev.thaw.models.itemtoitem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.binary.BinaryReader;
import dev.thaw.models.binary.BinaryWriter;
import dev.thaw.models.binary.OutdatedFormatException;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import dev.thaw.models.interactions.RatingScale;
import dev.thaw.models.interactions.UserAttributes;
import dev.thaw.models.itemtoitem.EnsembleConfig.Part;
import dev.thaw.models.ranking.Ranker;
import dev.thaw.models.ranking.TopItems;
import dev.thaw.models.served.CatalogueRanker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LikesEnsembleTest {
  private static final RatingScale STARS = new RatingScale(1, 5, 4);
  private static final ItemToItemConfig COSINE = ItemToItemConfig.cosine(12);
  private static final ItemToItemConfig EASE = ItemToItemConfig.ease(5);
  private static final KernelAutoencoderConfig KERNEL = new KernelAutoencoderConfig(1, 0.1, 8, 100);
  private static final EnsembleConfig FIRST =
      new EnsembleConfig(
          List.of(
              new Part(ItemToItemConfig.asymmetricCosine(12, 0), 2),
              new Part(new LikesPopularityConfig(), 1)));
  private static final EnsembleConfig FEW =
      new EnsembleConfig(List.of(new Part(COSINE.with(0.3, 0), 3), new Part(KERNEL, 1)));
  private static final EnsembleConfig MANY =
      new EnsembleConfig(
          List.of(new Part(COSINE.with(0.1, 0.5), 1), new Part(EASE, 2), new Part(KERNEL, 1)));

  private static Interactions data;
  private static ItemToItemEnsembles ensembles;

  @BeforeAll
  static void fit() {
    SplittableRandom random = new SplittableRandom(8);
    InteractionsBuilder builder = Interactions.builder(new DomainId("movies"));
    for (int u = 0; u < 60; u++) {
      for (int i = 0; i < 12; i++) {
        if (random.nextInt(3) > 0) {
          builder.add(new UserId("u" + u), new ItemId("i" + i), 5, random.nextInt(1_000));
        }
      }
    }
    data = builder.build();
    ensembles = fit(FIRST, FEW, MANY, EnsembleConfig.of(EASE));
  }

  /**
   * @param chosen one for each length
   */
  private static ItemToItemEnsembles fit(EnsembleConfig... chosen) {
    return ItemToItemEnsembles.fit(
        new ItemToItemTuning.Choice(List.of(chosen), HistoryKind.NEVER, Map.of()),
        data,
        UserAttributes.NONE,
        STARS,
        1,
        new SplittableRandom(2));
  }

  private static History likes(int n) {
    List<History.Entry> entries = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      entries.add(new History.Entry(data.items().get(i), 5, 0));
    }
    return new History(n, entries);
  }

  private static float[] scores(Ranker ranker, History history) {
    float[] scores = new float[data.items().size()];
    ranker.score(history, scores);
    return scores;
  }

  private static double[] standardised(float[] scores) {
    double mean = 0;
    for (float score : scores) {
      mean += score / scores.length;
    }
    double variance = 0;
    for (float score : scores) {
      variance += (score - mean) * (score - mean) / scores.length;
    }
    double[] z = new double[scores.length];
    for (int i = 0; i < z.length; i++) {
      z[i] = (scores[i] - mean) / Math.sqrt(variance);
    }
    return z;
  }

  @Test
  void membersAreStandardisedAndSummedByTheirWeights() {
    History history = likes(2);
    List<LikesEnsemble.Member> members = ensembles.of(HistoryKind.FEW).members();
    double[] cosine = standardised(scores(members.get(0).ranker(), history));
    double[] kernel = standardised(scores(members.get(1).ranker(), history));
    float[] sums = scores(ensembles, history);
    for (int i = 0; i < sums.length; i++) {
      assertThat((double) sums[i]).isCloseTo(3 * cosine[i] + kernel[i], Offset.offset(1e-4));
    }
  }

  @Test
  void popularityIsTheNumberOfUsersWhoLikeAnItem() {
    float[] counts = scores(LikesPopularity.fit(data, STARS), likes(2));
    for (int item = 0; item < counts.length; item++) {
      assertThat(counts[item]).isEqualTo(data.columnLength(item));
    }
    History one = likes(1);
    LikesRanker cosine = ensembles.of(HistoryKind.FIRST).members().get(0).ranker();
    double[] pairs = standardised(scores(cosine, one));
    double[] popularity = standardised(counts);
    float[] sums = scores(ensembles, one);
    for (int i = 0; i < sums.length; i++) {
      assertThat((double) sums[i]).isCloseTo(2 * pairs[i] + popularity[i], Offset.offset(1e-4));
    }
  }

  @Test
  void unknownItemsOfAMemberHaveItsLowestScore() {
    float[] scores = {1, Float.NEGATIVE_INFINITY, 3};
    LikesEnsemble.standardise(scores);
    assertThat(scores).containsExactly(-1, -1, 1);
    float[] alike = {2, 2, Float.NEGATIVE_INFINITY};
    LikesEnsemble.standardise(alike);
    assertThat(alike).containsExactly(0, 0, 0);
  }

  @Test
  void eachLengthOfHistoriesHasAnEnsemble() {
    Map.of(
            0, HistoryKind.FIRST,
            1, HistoryKind.FIRST,
            2, HistoryKind.FEW,
            5, HistoryKind.FEW,
            6, HistoryKind.MANY,
            9, HistoryKind.MANY)
        .forEach(
            (n, length) ->
                assertThat(scores(ensembles, likes(n)))
                    .isEqualTo(scores(ensembles.of(length), likes(n))));
    assertThat(scores(ensembles.of(HistoryKind.FIRST), likes(1)))
        .isNotEqualTo(scores(ensembles.of(HistoryKind.FEW), likes(1)));
  }

  @Test
  void aChoiceHasAnEnsembleForEachLength() {
    assertThatThrownBy(() -> fit(FEW, MANY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there must be one ensemble for each of [FIRST, FEW, MANY, ANSWERS], were 2");
  }

  @Test
  void oneMemberIsLeftAsItIs() {
    ItemToItemEnsembles single =
        fit(
            EnsembleConfig.of(COSINE),
            EnsembleConfig.of(EASE),
            EnsembleConfig.of(COSINE),
            EnsembleConfig.of(COSINE));
    assertThat(scores(single, likes(3)))
        .isEqualTo(scores(new ItemToItemTrainer(EASE, STARS, 1).fit(data), likes(3)));
    assertThat(scores(single, likes(8)))
        .isEqualTo(scores(new ItemToItemTrainer(COSINE, STARS, 1).fit(data), likes(8)));
  }

  @Test
  void bytesGiveTheSameEnsemblesAndHoldWhatIsSharedOnce() {
    byte[] bytes = bytes(ensembles);
    ItemToItemEnsembles read = ItemToItemEnsembles.read(new BinaryReader("ensembles", bytes));
    for (int n : new int[] {1, 2, 5, 6, 9}) {
      assertThat(scores(read, likes(n))).isEqualTo(scores(ensembles, likes(n)));
    }
    assertThat(bytes(read)).isEqualTo(bytes);
    int ofFew = bytes(fit(FEW, FEW, FEW, FEW)).length;
    int ofFirst = bytes(fit(FIRST, FIRST, FIRST, FIRST)).length;
    EnsembleConfig only = EnsembleConfig.of(EASE);
    int ease = bytes(fit(only, only, only, only)).length;
    assertThat(bytes.length).isLessThan(ofFirst + ofFew + ease + 100);
  }

  private static byte[] bytes(ItemToItemEnsembles each) {
    BinaryWriter written = new BinaryWriter();
    each.write(written);
    return written.toByteArray();
  }

  @Test
  void anEarlierFormIsOutdatedAndDamagedBytesNameTheByte() {
    byte[] bytes = bytes(ensembles);
    for (int length : new int[] {0, 60, bytes.length / 2, bytes.length - 1}) {
      assertThatThrownBy(
              () ->
                  ItemToItemEnsembles.read(
                      new BinaryReader("ensembles", Arrays.copyOf(bytes, length))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("byte");
    }
    bytes[0] = 1;
    assertThatThrownBy(() -> ItemToItemEnsembles.read(new BinaryReader("ensembles", bytes)))
        .isInstanceOf(OutdatedFormatException.class)
        .hasMessage("item-to-item has format 1, not 5: it must be trained anew");
  }

  @Test
  void allWeightsUpToASumOnceAndSingleMembersFirst() {
    assertThat(WeightedSums.weights(2, 3))
        .containsExactly(
            new int[] {1, 0},
            new int[] {0, 1},
            new int[] {1, 1},
            new int[] {2, 1},
            new int[] {1, 2});
    assertThat(WeightedSums.weights(1, 4)).containsExactly(new int[] {1});
  }

  @Test
  void sumsAreWhatTheEnsemblesSay() {
    List<LikesRanker> members =
        ensembles.of(HistoryKind.MANY).members().stream()
            .map(LikesEnsemble.Member::ranker)
            .toList();
    List<float[]> sums = new ArrayList<>();
    new WeightedSums(members, List.of(new int[] {1, 2, 1}, new int[] {0, 1, 1}))
        .score(likes(7), Map.of(), each -> sums.add(each.clone()));
    assertThat(sums.get(0)).isEqualTo(scores(ensembles.of(HistoryKind.MANY), likes(7)));
    assertThat(sums.get(1))
        .isEqualTo(
            scores(
                new LikesEnsemble(
                    List.of(
                        new LikesEnsemble.Member(members.get(1), 1),
                        new LikesEnsemble.Member(members.get(2), 1))),
                likes(7)));
  }

  /** Users of one age like the first six items and those of another the rest. */
  @Test
  void attributesReachTheMemberThatMakesSomethingOfThem() {
    InteractionsBuilder builder = Interactions.builder(new DomainId("movies"));
    Map<UserId, Map<String, String>> ages = new HashMap<>();
    SplittableRandom random = new SplittableRandom(4);
    for (int u = 0; u < 60; u++) {
      UserId user = new UserId("u" + u);
      builder.add(user, new ItemId("x"), 5, 1);
      for (int n = 0; n < 3; n++) {
        builder.add(user, new ItemId("i" + (u % 2 * 6 + random.nextInt(6))), 5, 2 + n);
      }
      ages.put(user, Map.of("age", u % 2 == 0 ? "young" : "old"));
    }
    Interactions byAge = builder.build();
    EnsembleConfig knowing =
        new EnsembleConfig(
            List.of(new Part(COSINE, 1), new Part(new KernelAutoencoderConfig(1, 2, 8, 100), 3)));
    ItemToItemEnsembles byAges =
        ItemToItemEnsembles.fit(
            new ItemToItemTuning.Choice(
                List.of(knowing, FEW, MANY, FEW), HistoryKind.NEVER, Map.of()),
            byAge,
            new UserAttributes(List.of("age"), ages),
            STARS,
            1,
            new SplittableRandom(2));
    CatalogueRanker ranker = new CatalogueRanker(byAges, byAge.items(), STARS, 1);
    History liked = new History(1, List.of(new History.Entry(new ItemId("x"), 5, 0)));
    int first = byAge.items().indexOf(new ItemId("x"));
    for (int age = 0; age < 2; age++) {
      float[] scores = new float[byAge.items().size()];
      assertThat(ranker.score(liked, Map.of("age", age == 0 ? "young" : "old"), scores)).isTrue();
      int best = TopItems.of(scores, 1, item -> item != first)[0];
      assertThat(Integer.parseInt(byAge.items().get(best).value().substring(1)) / 6).isEqualTo(age);
    }
  }

  @Test
  void whatCountsNoPairsIsNoEnsemble() {
    EnsembleConfig none =
        new EnsembleConfig(List.of(new Part(KERNEL, 1), new Part(new LikesPopularityConfig(), 1)));
    assertThatThrownBy(() -> fit(none, FEW, MANY, FEW))
        .hasMessage("an ensemble needs a model that counts");
  }

  @Test
  void whereItIsChosenTheAutoencoderLearnsFromAsMuchLessAsTheOthers() {
    KernelAutoencoderConfig tenth = KernelAutoencoderConfig.ofShare(0.1);
    assertThat(tenth.rows()).isEqualTo(200);
    assertThat(tenth.grown(data, data)).isEqualTo(KernelAutoencoderConfig.DEFAULT);
    assertThat(KernelAutoencoderConfig.ofShare(1e-9).rows()).isEqualTo(2);
  }

  @Test
  void partsDifferAndWeighSomething() {
    assertThatThrownBy(() -> new Part(COSINE, 0)).hasMessage("weight must be >= 1, was 0");
    assertThatThrownBy(() -> new EnsembleConfig(List.of(new Part(COSINE, 1), new Part(COSINE, 2))))
        .hasMessageContaining("parts must be one or more and differ");
  }

  @Test
  void provenanceNamesEveryPartWithItsWeight() {
    assertThat(
            new ItemToItemTuning.Choice(
                    List.of(FIRST, FEW, MANY, FIRST), HistoryKind.NEVER, Map.of())
                .toMap())
        .containsEntry("answers.from", "never")
        .containsEntry("first.1.weight", "2")
        .containsEntry("first.2.similarity", "popularity")
        .containsEntry("few.1.weight", "3")
        .containsEntry("few.2.lambda", "1.0")
        .containsEntry("many.2.similarity", "ease");
  }
}
