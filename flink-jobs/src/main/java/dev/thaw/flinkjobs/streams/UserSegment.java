package dev.thaw.flinkjobs.streams;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.UserId;

/** The segment of a user in a domain, as the topic {@code user-segments} carries it. */
public record UserSegment(UserId userId, DomainId domain, String segment) {}
