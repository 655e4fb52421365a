package dev.thaw.models.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.history.History;
import dev.thaw.models.interactions.Interactions;
import dev.thaw.models.interactions.InteractionsBuilder;
import dev.thaw.models.ranking.TopItems;
import java.util.List;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

class ItemToItemRidgeTest {
  private static Interactions of(String domain, String prefix, int users) {
    SplittableRandom random = new SplittableRandom(prefix.hashCode());
    InteractionsBuilder builder = Interactions.builder(new DomainId(domain));
    for (int u = 0; u < users; u++) {
      for (int n = 0; n < 8; n++) {
        ItemId item = new ItemId(prefix + u % 4 + "-" + random.nextInt(20));
        builder.add(new UserId("u" + u), item, 5);
      }
    }
    return builder.build();
  }

  @Test
  void aReaderOfOneTasteIsShownItsMovies() {
    Interactions books = of("books", "b", 200);
    ItemToItemRidge ridge = ItemToItemRidge.fit(books, of("movies", "m", 200));
    float[] scores = new float[ridge.items().size()];
    ridge.score(books.history(new UserId("u2")), scores);
    for (int item : TopItems.of(scores, 5, i -> true)) {
      assertThat(ridge.items().get(item).value()).startsWith("m2");
    }
  }

  @Test
  void booksThatNobodyReadSayNothing() {
    ItemToItemRidge ridge = ItemToItemRidge.fit(of("books", "b", 50), of("movies", "m", 50));
    float[] scores = new float[ridge.items().size()];
    History unknown =
        new History(1, java.util.List.of(new History.Entry(new ItemId("other"), 5, 0)));
    ridge.score(unknown, scores);
    assertThat(scores).containsOnly(0f);
  }

  /** The weights in full, by the primal form {@code (S'S + lambda I)^-1 S'Y}. */
  @Test
  void theDualFormRanksAsTheWeightsInFullDo() {
    Interactions books = of("books", "b", 60);
    Interactions movies = of("movies", "m", 60);
    for (ItemToItemRidge.Setting setting :
        List.of(new ItemToItemRidge.Setting(3, 0), new ItemToItemRidge.Setting(0.7, 0.5))) {
      DMatrixRMaj source = rows(books, setting.power());
      int items = source.numCols;
      DMatrixRMaj left = new DMatrixRMaj(items, items);
      CommonOps_DDRM.multTransA(source, source, left);
      CommonOps_DDRM.addEquals(left, setting.lambda(), CommonOps_DDRM.identity(items));
      DMatrixRMaj right = new DMatrixRMaj(items, movies.items().size());
      CommonOps_DDRM.multTransA(source, rows(movies, 0), right);
      DMatrixRMaj weights = right.createLike();
      assertThat(CommonOps_DDRM.solve(left, right, weights)).isTrue();
      ItemToItemRidge ridge = ItemToItemRidge.fit(books, movies, books.users(), setting);
      float[] scores = new float[movies.items().size()];
      for (int u : List.of(0, 7, 31)) {
        History history = books.history(u);
        ridge.score(history, scores);
        for (int item = 0; item < scores.length; item++) {
          double expected = 0;
          for (History.Entry entry : history.entries()) {
            expected += weights.get(books.items().indexOf(entry.item()), item);
          }
          assertThat((double) scores[item]).isCloseTo(expected, within(1e-6));
        }
      }
    }
  }

  @Test
  void aUserLeftOutIsRankedForAsByTheRidgeOfAllOthers() {
    Interactions books = of("books", "b", 60);
    Interactions movies = of("movies", "m", 60);
    ItemToItemRidge.Setting setting = new ItemToItemRidge.Setting(0.7, 0.5);
    ItemToItemRidge whole = ItemToItemRidge.fit(books, movies, books.users(), setting);
    for (int u : List.of(0, 7, 31)) {
      UserId user = books.users().get(u);
      ItemToItemRidge others =
          ItemToItemRidge.fit(
              books,
              movies,
              books.users().stream().filter(each -> !each.equals(user)).toList(),
              setting);
      float[] leftOut = new float[movies.items().size()];
      whole.scoreLeftOut(u, leftOut);
      float[] expected = new float[movies.items().size()];
      others.score(books.history(u), expected);
      int highest = TopItems.of(expected, 1, i -> true)[0];
      for (int item = 0; item < expected.length; item++) {
        assertThat(leftOut[item] / leftOut[highest])
            .isCloseTo(expected[item] / expected[highest], within(1e-5f));
      }
    }
  }

  private static DMatrixRMaj rows(Interactions data, double power) {
    DMatrixRMaj rows = new DMatrixRMaj(data.users().size(), data.items().size());
    for (int u = 0; u < rows.numRows; u++) {
      for (int at = data.rowStart(u); at < data.rowStart(u + 1); at++) {
        rows.set(u, data.rowItem(at), Math.pow(data.rowLength(u), -power));
      }
    }
    return rows;
  }

  @Test
  void withoutOverlapItIsRefused() {
    assertThatThrownBy(() -> ItemToItemRidge.fit(of("books", "b", 5), of("movies", "m", 50)))
        .hasMessageContaining("at least 10 overlap users, had 5");
  }
}
