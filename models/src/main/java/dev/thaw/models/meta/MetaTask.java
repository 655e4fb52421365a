package dev.thaw.models.meta;

import java.util.List;

/**
 * One user: what is known of him, the items he rated and what the biases leave of the ratings. Finn
 * et al., ICML 2017: a task.
 *
 * @param items first the support, then the query
 * @param targets one for each item, in units of the residuals' root mean square
 * @param support number of leading items that the inner loop may see
 */
record MetaTask(Bag user, List<Bag> items, double[] targets, int support) {
  MetaTask {
    items = List.copyOf(items);
    if (items.size() != targets.length || support < 0 || support > targets.length) {
      throw new IllegalArgumentException(
          "needs one target an item and a support among them, had "
              + items.size()
              + " items, "
              + targets.length
              + " targets, support "
              + support);
    }
  }

  int query() {
    return targets.length - support;
  }
}
