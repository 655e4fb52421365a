package dev.thaw.models.projection;

/**
 * How well a projection does on items held out of its training, each user ranking only those.
 *
 * @param lambda the ridge weight that was chosen
 * @param ndcg of projected vectors, at 10
 * @param ndcgWithoutContent of the mean item vector, the same for all: the baseline, at 10
 * @param items held out
 */
public record ProjectionQuality(double lambda, double ndcg, double ndcgWithoutContent, int items) {}
