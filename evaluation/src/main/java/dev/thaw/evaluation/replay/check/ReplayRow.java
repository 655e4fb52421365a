package dev.thaw.evaluation.replay.check;

/**
 * How one estimator did on all logs of a scenario; means over them.
 *
 * @param rebuilt effective share of the logging configuration replayed as itself
 * @param reliable share of logs that were called so
 * @param value of the asked configuration on what the log had taught: what is estimated
 * @param served what it earns when it serves alone and learns of itself
 * @param coversValue share of 95 % studentised intervals that hold the former
 * @param coversServed share that hold the latter
 */
public record ReplayRow(
    String scenario,
    String estimator,
    int logs,
    double rebuilt,
    double reliable,
    double estimate,
    double value,
    double served,
    double coversValue,
    double coversServed) {}
