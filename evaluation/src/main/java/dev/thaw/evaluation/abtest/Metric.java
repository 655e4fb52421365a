package dev.thaw.evaluation.abtest;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/**
 * What one user gives, from the user's own totals. Rates are ratios of each user, averaged over
 * users, not ratios of sums: every user counts alike, values of different users are independent,
 * and no delta method is needed. Whoever asks much weighs no more than whoever asks once.
 */
public enum Metric {
  CLICK_RATE("click-rate", 1, user -> ratio(user.clicks(), user.shown())),
  REWARDS_PER_REQUEST(
      "rewards-per-request",
      Double.POSITIVE_INFINITY,
      user -> ratio(user.rewards(), user.requests())),
  SUCCESS_RATE("success-rate", 1, user -> ratio(user.successes(), user.requests())),
  REWARDS_PER_USER("rewards-per-user", Double.POSITIVE_INFINITY, UserTotals::rewards),
  REQUESTS_PER_USER("requests-per-user", Double.POSITIVE_INFINITY, UserTotals::requests);

  private final String label;
  private final double highest;
  private final ToDoubleFunction<UserTotals> value;

  Metric(String label, double highest, ToDoubleFunction<UserTotals> value) {
    this.label = label;
    this.highest = highest;
    this.value = value;
  }

  /** Of nothing shown nothing is clicked. */
  private static double ratio(double part, double whole) {
    return whole == 0 ? 0 : part / whole;
  }

  /**
   * @throws IllegalArgumentException if there is no such metric
   */
  public static Metric labelled(String label) {
    return Arrays.stream(values())
        .filter(each -> each.label.equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "metric must be one of "
                        + Arrays.stream(values()).map(Metric::label).toList()
                        + ", was \""
                        + label
                        + '"'));
  }

  public String label() {
    return label;
  }

  /** Most that a value can be; the least is 0. */
  double highest() {
    return highest;
  }

  double of(UserTotals user) {
    return value.applyAsDouble(user);
  }
}
