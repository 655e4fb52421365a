/**
 * Requests in, refusals out: who calls, whether he may, and how often. Where no key is configured
 * everybody may everything, which {@code SecurityConfig} allows on loopback only.
 */
@NullMarked
package dev.thaw.serving.security;

import org.jspecify.annotations.NullMarked;
