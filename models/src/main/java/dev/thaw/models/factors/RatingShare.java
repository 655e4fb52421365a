package dev.thaw.models.factors;

/**
 * What a block of users has rated of a block of items, by item: all that the items' side is told of
 * the ratings. The users are known by their places among the rows that their block sends to that
 * block of items, see {@link FactorBlock}.
 *
 * @param from number of the block of users
 * @param items ids in ascending order, those without ratings too
 * @param start first entry of each item and the end of the last, {@code items + 1}
 * @param user place of the user, by entry, ascending within an item
 * @param strength by entry
 * @param users number of places
 */
public record RatingShare(
    int from, String[] items, int[] start, int[] user, float[] strength, int users) {}
