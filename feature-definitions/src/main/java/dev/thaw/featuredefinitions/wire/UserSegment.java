package dev.thaw.featuredefinitions.wire;

import dev.thaw.featuredefinitions.vocabulary.DomainId;
import dev.thaw.featuredefinitions.vocabulary.UserId;
import java.time.Instant;

/** The segment a user belongs to in a domain; newer ones replace older ones. */
public record UserSegment(UserId userId, DomainId domain, String segment, Instant time) {}
