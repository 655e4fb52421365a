package dev.thaw.models.segments;

import dev.thaw.models.popularity.Popularity;

/**
 * A group of users of a domain.
 *
 * @param name {@value #WHOLE_DOMAIN} for everyone
 * @param users warm users in it
 * @param interactions of those
 * @param popularity shrunk towards the whole domain's
 */
public record Segment(String name, int users, long interactions, Popularity popularity) {
  public static final String WHOLE_DOMAIN = "*";
}
