package dev.thaw.evaluation.offpolicy.logs;

import dev.thaw.evaluation.offpolicy.ArmSet;
import dev.thaw.evaluation.offpolicy.DrawnInOrder;
import dev.thaw.evaluation.offpolicy.EvaluationPolicy;
import dev.thaw.evaluation.offpolicy.LoggedRound;
import dev.thaw.evaluation.offpolicy.LoggedSlot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * One campaign's log under one policy, in the layout of the Open Bandit Dataset (Saito et al.
 * 2021): {@code POLICY/CAMPAIGN/CAMPAIGN.csv} with a row for each item shown, and {@code
 * item_context.csv} beside it with a row for each item there is.
 *
 * <p>A row is a round of one slot, its segment the position on the page. Rows name no user, and the
 * published samples hold hardly two of a moment, so that each row is a cluster of its own.
 *
 * @param rounds in the order of the file
 * @param items that could be shown, numbered from 0 on
 */
public record OpenBanditLog(String name, List<LoggedRound> rounds, ArmSet items) {
  static final int POSITIONS = 3;

  public OpenBanditLog {
    rounds = List.copyOf(rounds);
  }

  /**
   * @param folder with a folder for each policy
   * @throws IllegalArgumentException naming file, line, column, value and bound of what can't be
   *     used
   */
  public static OpenBanditLog read(Path folder, String policy, String campaign) throws IOException {
    Path own = folder.resolve(policy).resolve(campaign);
    List<Integer> ids = new ArrayList<>();
    CsvRows.read(
        own.resolve("item_context.csv"),
        row -> ids.add(row.integer("item_id", 0, Integer.MAX_VALUE)));
    ArmSet items = ArmSet.of(ids.stream().mapToInt(Integer::intValue).toArray());
    List<LoggedRound> rounds = new ArrayList<>();
    Path log = own.resolve(campaign + ".csv");
    CsvRows.read(log, row -> rounds.add(round(row, rounds.size(), items)));
    if (rounds.isEmpty()) {
      throw new IllegalArgumentException(log + " has no row below its head");
    }
    return new OpenBanditLog(policy + "/" + campaign, rounds, items);
  }

  private static LoggedRound round(CsvRows.Row row, int number, ArmSet items) {
    int item = row.integer("item_id", 0, Integer.MAX_VALUE);
    if (items.place(item).isEmpty()) {
      throw row.bad("item_id", "must be one of the " + items.size() + " items of item_context.csv");
    }
    double propensity = row.number("propensity_score");
    if (!(propensity > 0 && propensity <= 1)) {
      throw row.bad("propensity_score", "must be in (0, 1]");
    }
    int position = row.integer("position", 1, POSITIONS);
    int click = row.integer("click", 0, 1);
    return LoggedRound.of(
        number, position - 1, items, List.of(LoggedSlot.first(item, propensity, click)));
  }

  /**
   * How often this log shows each item in each position, as a policy: an approximation of the one
   * that wrote it, which knew more than the position and changed as it learned. Items are matched
   * by their ids, whatever their order in another log.
   */
  public EvaluationPolicy itemFrequencies() {
    double[][] shares = new double[POSITIONS][items.size()];
    int[] rows = new int[POSITIONS];
    for (LoggedRound round : rounds) {
      shares[round.segment()][round.place(0)]++;
      rows[round.segment()]++;
    }
    for (int position = 0; position < POSITIONS; position++) {
      for (int place = 0; place < items.size(); place++) {
        shares[position][place] =
            rows[position] == 0 ? 1.0 / items.size() : shares[position][place] / rows[position];
      }
    }
    return new DrawnInOrder(
        "item frequencies of " + name + " by position (an approximation of its policy)",
        round -> {
          double[] chances = new double[round.eligible().size()];
          for (int place = 0; place < chances.length; place++) {
            OptionalInt own = items.place(round.eligible().arm(place));
            chances[place] = own.isPresent() ? shares[round.segment()][own.getAsInt()] : 0;
          }
          return chances;
        });
  }
}
