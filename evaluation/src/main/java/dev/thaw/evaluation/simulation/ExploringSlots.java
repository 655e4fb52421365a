package dev.thaw.evaluation.simulation;

import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.models.bandit.Arm;
import dev.thaw.models.bandit.ArmPriors;
import dev.thaw.models.bandit.BanditDecision;
import dev.thaw.models.bandit.BetaThompson;
import dev.thaw.models.bandit.CountLearner;
import dev.thaw.models.bandit.Decision;
import dev.thaw.models.bandit.Discounted;
import dev.thaw.models.bandit.DiscountedSnapshot;
import dev.thaw.models.bandit.Fading;
import dev.thaw.models.bandit.SlotSampler;
import dev.thaw.models.ranking.TopItems;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A page of ten slots, the first of which a bandit may fill, in a world where items without any
 * description come every day. The ranking knows of a new item only what showing it has taught by
 * the last night, so that without exploring slots none is ever shown; what somebody liked once they
 * are not shown again, so that a ranking which learns of nothing new wears out. Immutable,
 * thread-safe.
 *
 * <p>Eligible for the bandit are, as in serving, the head of the ranking and some items of which
 * nothing is known, the newest first; it learns from its own slots.
 */
final class ExploringSlots {
  /** Of the first slot; of each further one a share of that before. */
  private static final double ATTENTION = 0.5;

  private static final double FADES = 0.85;
  private static final int SLOTS = 10;
  private static final int SHORTLIST = 100;
  private static final int NEWCOMERS = 10;
  private static final int DRAWS = 200;
  private static final int REFRESH = 10;

  /** Visits of a log whose looks the ranking's scores are brought to chances by. */
  private static final int LOGGED = 500;

  /** Looks after which the ranking makes something of a new item. */
  private static final int LEARNED = 20;

  private static final Duration DAY = Duration.ofDays(1);
  private static final float[] NO_FEATURES = new float[0];

  private final Likings likings;
  private final KnownSide known;
  private final int days;
  private final int visits;

  /**
   * @param days of a run; new items come in the first half of it
   * @param visits a day
   */
  ExploringSlots(Likings likings, KnownSide known, int days, int visits) {
    if (days < 2 || visits < 1) {
      throw new IllegalArgumentException(
          "days must be >= 2 and visits >= 1, were " + days + " and " + visits);
    }
    this.likings = likings;
    this.known = known;
    this.days = days;
    this.visits = visits;
  }

  /**
   * @param slots that explore, 0 to {@value #SLOTS}
   * @param newcomers whether new items are eligible; without them the same bandit plays with what
   *     the ranking knows, and what exploring new items is worth can be told from what that is
   * @return expected likes a visit, by day
   */
  double[] run(int slots, boolean newcomers, long seed) {
    return new Page(slots, newcomers ? NEWCOMERS : 0, seed).run();
  }

  /** One run. */
  private final class Page {
    private final int slots;
    private final int newcomers;
    private final Nature nature;
    private final SplittableRandom random;

    /** New items in the order in which they come. */
    private final int[] fresh;

    private final boolean[] isFresh = new boolean[known.items()];
    private final ItemId[] ids = new ItemId[known.items()];
    private final BitSet[] met = new BitSet[known.visitors()];
    private final CountLearner learner;
    private final Discounted bandit =
        new Discounted(new BetaThompson(DRAWS, Contenders.SERVED_FLOOR));
    private final Calibration calibration;
    private final double base;

    /** Since the start: looks, and likes of these. */
    private final int[] looks = new int[known.items()];

    private final int[] likes = new int[known.items()];

    /** What the ranking says of new items since last night; 0 of those it knows nothing of. */
    private final double[] nightly = new double[known.items()];

    Page(int slots, int newcomers, long seed) {
      this.slots = slots;
      this.newcomers = newcomers;
      this.nature = Nature.ofWorld(seed);
      this.random = nature.of(-1, slots + SLOTS * newcomers);
      this.fresh = Orders.shuffled(known.fresh(), nature.of(-2, -2));
      Set<ItemId> all = new HashSet<>();
      for (int item : fresh) {
        isFresh[item] = true;
      }
      for (int item = 0; item < ids.length; item++) {
        ids[item] = new ItemId("item-" + item);
        all.add(ids[item]);
      }
      this.learner = new CountLearner(all::contains, Fading.NONE);
      for (int visitor = 0; visitor < met.length; visitor++) {
        met[visitor] = known.met(visitor);
      }
      Logged logged = logged(nature.of(-3, -3));
      this.calibration = logged.calibration;
      this.base = logged.rate;
    }

    /** A log of the ranking alone, from before the run. */
    private record Logged(Calibration calibration, double rate) {}

    private Logged logged(SplittableRandom sampling) {
      double[] predicted = new double[LOGGED * SLOTS];
      boolean[] liked = new boolean[predicted.length];
      float[] scores = new float[known.items()];
      int size = 0;
      int sum = 0;
      for (int visit = 0; visit < LOGGED; visit++) {
        int visitor = sampling.nextInt(met.length);
        known.score(visitor, scores);
        for (int item : TopItems.of(scores, SLOTS, i -> !isFresh[i] && !met[visitor].get(i))) {
          predicted[size] = scores[item];
          liked[size] = sampling.nextDouble() < likings.chance(known.user(visitor), item);
          sum += liked[size] ? 1 : 0;
          size++;
        }
      }
      return new Logged(
          Calibration.fit(Arrays.copyOf(predicted, size), Arrays.copyOf(liked, size)),
          (double) sum / Math.max(1, size));
    }

    double[] run() {
      double[] engagement = new double[days];
      float[] scores = new float[known.items()];
      DiscountedSnapshot snapshot = learner.snapshot("0", 0);
      for (int day = 0; day < days; day++) {
        int there = (int) Math.min(fresh.length, 2L * fresh.length * (day + 1) / days);
        train(there);
        for (int visit = 0; visit < visits; visit++) {
          int round = day * visits + visit;
          if (round % REFRESH == 0) {
            snapshot = learner.snapshot("" + round, time(round));
          }
          int visitor = nature.of(round, -1).nextInt(met.length);
          int[] ranked = ranked(visitor, scores);
          List<Integer> page = new ArrayList<>();
          if (slots > 0) {
            List<Arm> eligible = new ArrayList<>();
            List<Integer> numbers = eligible(visitor, ranked, there, eligible);
            BanditDecision decision =
                SlotSampler.choose(
                    bandit, Decision.of(snapshot, eligible, time(round)), slots, random);
            decision.choices().forEach(choice -> page.add(numbers.get(choice.arm())));
          }
          int explored = page.size();
          for (int item : ranked) {
            if (page.size() >= SLOTS) {
              break;
            }
            if (!page.contains(item)) {
              page.add(item);
            }
          }
          engagement[day] += show(round, visitor, page, explored) / visits;
        }
      }
      return engagement;
    }

    private long time(int round) {
      return round * DAY.toMillis() / visits;
    }

    private void train(int there) {
      for (int at = 0; at < there; at++) {
        int item = fresh[at];
        nightly[item] = looks[item] >= LEARNED ? (likes[item] + base) / (looks[item] + 2) : 0;
      }
    }

    /** By the chance of a like. */
    private int[] ranked(int visitor, float[] scores) {
      known.score(visitor, scores);
      for (int item = 0; item < scores.length; item++) {
        scores[item] = (float) (isFresh[item] ? nightly[item] : calibration.chance(scores[item]));
      }
      return TopItems.of(
          scores, SHORTLIST, i -> !met[visitor].get(i) && !(isFresh[i] && nightly[i] == 0));
    }

    private List<Integer> eligible(int visitor, int[] ranked, int there, List<Arm> arms) {
      List<Integer> numbers = new ArrayList<>();
      int kept = Math.min(ranked.length, SHORTLIST - newcomers);
      for (int rank = 0; rank < kept; rank++) {
        numbers.add(ranked[rank]);
        arms.add(
            new Arm(
                ids[ranked[rank]],
                ArmPriors.DEFAULT.ranked(ATTENTION * base, 1 - (double) rank / kept)));
      }
      for (int at = there - 1; at >= 0 && numbers.size() < kept + newcomers; at--) {
        int item = fresh[at];
        if (nightly[item] == 0 && !met[visitor].get(item)) {
          numbers.add(item);
          arms.add(new Arm(ids[item], ArmPriors.DEFAULT.withoutMetadata(ATTENTION * base)));
        }
      }
      return numbers;
    }

    /** Expected likes. */
    private double show(int round, int visitor, List<Integer> page, int explored) {
      double expected = 0;
      double attention = ATTENTION;
      for (int slot = 0; slot < page.size(); slot++) {
        int item = page.get(slot);
        double chance = likings.chance(known.user(visitor), item);
        expected += attention * chance;
        SplittableRandom happens = nature.of(round, item);
        boolean looked = happens.nextDouble() < attention;
        boolean liked = looked && happens.nextDouble() < chance;
        if (looked) {
          met[visitor].set(item);
          looks[item]++;
          likes[item] += liked ? 1 : 0;
        }
        if (slot < explored) {
          learner.observe(ids[item], NO_FEATURES, liked ? 1 : 0, time(round));
        }
        attention *= FADES;
      }
      return expected;
    }
  }
}
