package dev.thaw.evaluation.methods;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.served.Evidence;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Methods given as functions. */
final class Named {
  private Named() {}

  @FunctionalInterface
  interface Score {
    boolean score(Evidence user, float[] out);
  }

  static RankingMethod ranking(String name, Score score) {
    return ranking(name, "", score);
  }

  static RankingMethod ranking(String name, String note, Score score) {
    return ranking(name, note, RankingMethod.Role.SINGLE, score);
  }

  /** The same method as one that the others are compared with. */
  static RankingMethod baseline(RankingMethod method) {
    return ranking(method.name(), method.note(), RankingMethod.Role.BASELINE, method::score);
  }

  private static RankingMethod ranking(
      String name, String note, RankingMethod.Role role, Score score) {
    return new RankingMethod() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Role role() {
        return role;
      }

      @Override
      public String note() {
        return note;
      }

      @Override
      public boolean score(Evidence user, float[] out) {
        return score.score(user, out);
      }
    };
  }

  static RatingMethod rating(String name, Function<Evidence, ToDoubleFunction<ItemId>> of) {
    return new RatingMethod() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public ToDoubleFunction<ItemId> of(Evidence user) {
        return of.apply(user);
      }
    };
  }

  /** The same method as the baseline that the others have to beat. */
  static RatingMethod bar(RatingMethod method) {
    return new RatingMethod() {
      @Override
      public String name() {
        return method.name();
      }

      @Override
      public boolean isBar() {
        return true;
      }

      @Override
      public ToDoubleFunction<ItemId> of(Evidence user) {
        return method.of(user);
      }
    };
  }
}
