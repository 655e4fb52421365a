package dev.thaw.evaluation.replay.check;

import dev.thaw.evaluation.offpolicy.DrawnInOrder;
import dev.thaw.evaluation.offpolicy.logs.DrawnLog;
import dev.thaw.evaluation.offpolicy.logs.DrawnRound;
import dev.thaw.evaluation.offpolicy.logs.JoinedImpression;
import dev.thaw.evaluation.offpolicy.logs.JoinedLog;
import dev.thaw.evaluation.replay.ReplayedConfiguration;
import dev.thaw.evaluation.simulation.GeneratedWorld;
import dev.thaw.evaluation.simulation.Visit;
import dev.thaw.featuredefinitions.domains.RewardDefinition;
import dev.thaw.featuredefinitions.vocabulary.DecisionFeatures;
import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.EligibleArms;
import dev.thaw.featuredefinitions.vocabulary.Impression;
import dev.thaw.featuredefinitions.vocabulary.ItemId;
import dev.thaw.featuredefinitions.vocabulary.RequestId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import dev.thaw.models.bandit.Arm;
import dev.thaw.models.bandit.BanditDecision;
import dev.thaw.models.routing.Stage;
import dev.thaw.models.statistics.SettledSlot;
import dev.thaw.serving.pipeline.ServedPolicy;
import dev.thaw.serving.pipeline.Shortlist;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A small stationary world in which a configuration serves and logs: arms differ, and users where
 * that is asked for. Its posteriors are renewed every so many answers, of what has settled by then.
 */
public final class ReplayWorld {
  private static final int ARMS = 20;
  private static final int USERS = 300;
  private static final int REFRESH = 25;
  private static final double BASE = -2.2;
  private static final double SPREAD = 0.8;

  /** Weight of a user's taste in the logit, where users differ: no less than arms do. */
  private static final double TASTE = 1.5;

  private static final Duration APART = Duration.ofSeconds(10);
  private static final Duration WINDOW = Duration.ofMinutes(5);
  private static final DomainId DOMAIN = DomainId.of("movies");

  private final GeneratedWorld world;
  private final int slots;
  private final int newcomers;
  private final ReplayUsers users;

  /** Of users who are all alike. */
  public ReplayWorld(int rounds, int slots, int newcomers, long seed) {
    this(rounds, slots, newcomers, ReplayUsers.ALIKE, seed);
  }

  /**
   * @param slots of an answer; what the bandit does not draw is filled by the order of the arms
   * @param newcomers how many of the last arms nothing is known of
   */
  public ReplayWorld(int rounds, int slots, int newcomers, ReplayUsers users, long seed) {
    this.slots = slots;
    this.newcomers = newcomers;
    this.users = users;
    this.world =
        new GeneratedWorld(
            new GeneratedWorld.Config(
                rounds,
                ARMS,
                users.tastes(),
                BASE,
                SPREAD,
                users.tastes() == 0 ? 0 : TASTE,
                1,
                1,
                0,
                0,
                APART,
                WINDOW),
            seed);
  }

  private static Drawer drawer(ReplayedConfiguration by, List<SettledSlot> settled) {
    return by.serving().banditPolicy().isContextual()
        ? new TextbookDrawer(by, settled)
        : new RebuiltDrawer(by, settled);
  }

  private Drawer.Asked asked(int round, EligibleArms eligible) {
    Visit visit = world.visit(round);
    return new Drawer.Asked(
        "p" + round / REFRESH,
        eligible,
        users.features(visit, (double) round / world.rounds()),
        visit.time());
  }

  /** What a configuration logs that serves alone. */
  public DrawnLog log(ReplayedConfiguration by, SplittableRandom random) {
    Shortlist shortlist = new Shortlist(by.serving().shortlist());
    String version = ServedPolicy.of(by.serving()).version() + "/simulated";
    List<SettledSlot> settled = new ArrayList<>();
    Drawer drawer = drawer(by, settled);
    List<JoinedImpression> log = new ArrayList<>();
    long end = world.visit(world.rounds() - 1).time();
    for (int round = 0; round < world.rounds(); round++) {
      Visit visit = world.visit(round);
      int drawnSlots = Math.min(slots, by.serving().banditSlots());
      Drawer.Asked asked = asked(round, shortlist.of(new EligibleArms(items(visit), newcomers)));
      BanditDecision drawn = drawer.draw(asked, drawnSlots, random);
      Impression impression = impression(by, version, round, visit, asked, drawn);
      List<SettledSlot> earned = earned(impression, drawn, visit, random);
      settled.addAll(earned);
      boolean open = visit.time() + WINDOW.toMillis() > end;
      log.add(new JoinedImpression(impression, open, open ? List.of() : earned));
    }
    return DrawnLog.of(
        new JoinedLog(
            log, WINDOW, Instant.ofEpochMilli(end), new JoinedLog.Counts(log.size(), 0, 0, 0, 0)),
        (each, reason) -> {
          throw new IllegalStateException(reason);
        });
  }

  private static List<ItemId> items(Visit visit) {
    return visit.eligible().stream().map(Arm::item).toList();
  }

  /** Of an arm, wherever it stands among those that were eligible. */
  private static double worth(Visit visit, ItemId arm) {
    return visit.chances()[items(visit).indexOf(arm)];
  }

  private Impression impression(
      ReplayedConfiguration by,
      String version,
      int round,
      Visit visit,
      Drawer.Asked asked,
      BanditDecision drawn) {
    return new Impression(
        RequestId.of("r" + round),
        UserId.of("u" + round % USERS),
        DOMAIN,
        Instant.ofEpochMilli(visit.time()),
        version,
        "none",
        drawn.posteriorVersion(),
        Map.of(),
        asked.eligible(),
        shown(visit, drawn),
        Stage.NONE.label(),
        "popularity",
        List.of(),
        List.of(),
        by.assignment(),
        by.serving().banditPolicy().logsFeatures() ? asked.features() : DecisionFeatures.NONE);
  }

  private List<Impression.Slot> shown(Visit visit, BanditDecision drawn) {
    List<Impression.Slot> shown = new ArrayList<>();
    List<ItemId> left = new ArrayList<>(items(visit));
    for (BanditDecision.Choice each : drawn.choices()) {
      shown.add(
          new Impression.Slot(
              each.slot(), each.item(), 0, each.propensity(), Impression.Slot.BANDIT));
      left.remove(each.item());
    }
    while (shown.size() < slots) {
      shown.add(new Impression.Slot(shown.size(), left.remove(0), 0, 1, "popularity"));
    }
    return shown;
  }

  private static List<SettledSlot> earned(
      Impression impression, BanditDecision drawn, Visit visit, SplittableRandom random) {
    return drawn.choices().stream()
        .map(
            each ->
                new SettledSlot(
                    impression.requestId(),
                    DOMAIN,
                    each.item(),
                    each.slot(),
                    Impression.Slot.BANDIT,
                    each.propensity(),
                    RewardDefinition.POSITIVE.name(),
                    random.nextDouble() < worth(visit, each.item()) ? 1 : 0,
                    visit.time(),
                    visit.time() + WINDOW.toMillis(),
                    impression.assignment(),
                    impression.features()))
        .toList();
  }

  /**
   * Expected reward of the drawn slots of an answer of a configuration that decides on the
   * posteriors of a log: of its own log, what it earns when it serves.
   */
  public double value(ReplayedConfiguration of, DrawnLog log, SplittableRandom random) {
    Drawer drawer =
        drawer(
            of, log.whole().impressions().stream().flatMap(each -> each.slots().stream()).toList());
    double sum = 0;
    for (DrawnRound each : log.rounds()) {
      int round = (int) (each.impression().time().toEpochMilli() / APART.toMillis());
      Visit visit = world.visit(round);
      EligibleArms eligible = each.impression().eligible();
      double[] first = drawer.chances(asked(round, eligible), random);
      DrawnInOrder policy = new DrawnInOrder(of.name(), any -> first);
      for (int slot = 0; slot < each.round().slots().size(); slot++) {
        double[] marginal = policy.marginalChances(each.round(), slot);
        for (int arm = 0; arm < marginal.length; arm++) {
          sum += marginal[arm] * worth(visit, eligible.items().get(arm));
        }
      }
    }
    return sum / log.rounds().size();
  }
}
