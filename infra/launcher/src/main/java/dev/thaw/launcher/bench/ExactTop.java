package dev.thaw.launcher.bench;

import dev.thaw.featuredefinitions.vocabulary.InnerProduct;
import dev.thaw.featuredefinitions.vocabulary.Metric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The nearest of all vectors to each of some queries, by looking at every one. */
final class ExactTop {
  private final List<float[]> queries;
  private final int k;
  private final Metric metric;
  private final List<PriorityQueue<Hit>> best = new ArrayList<>();

  private record Hit(int number, double similarity) {}

  ExactTop(List<float[]> queries, int k, Metric metric) {
    this.queries = queries;
    this.k = k;
    this.metric = metric;
    queries.forEach(
        q -> best.add(new PriorityQueue<>(Comparator.comparingDouble(Hit::similarity))));
  }

  /** Considers a vector for every query. */
  void offer(int number, float[] vector) {
    double scale =
        metric == Metric.COSINE ? 1 / Math.sqrt(InnerProduct.of(vector, vector, vector.length)) : 1;
    for (int q = 0; q < queries.size(); q++) {
      PriorityQueue<Hit> heap = best.get(q);
      heap.add(new Hit(number, scale * InnerProduct.of(queries.get(q), vector, vector.length)));
      if (heap.size() > k) {
        heap.poll();
      }
    }
  }

  /** Numbers of the nearest ones, in no order. */
  int[] of(int query) {
    return best.get(query).stream().mapToInt(Hit::number).toArray();
  }
}
