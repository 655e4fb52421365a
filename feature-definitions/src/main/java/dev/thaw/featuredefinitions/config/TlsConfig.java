package dev.thaw.featuredefinitions.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * With what our servers prove who they are. The files are PEM and read when a server starts.
 *
 * @param certificate of the server, those that vouch for it after it
 * @param key of the certificate, without a password
 * @param clientCa who vouches for callers, who must show a certificate then; null for any caller
 */
public record TlsConfig(Path certificate, Path key, @Nullable Path clientCa) {}
