package dev.thaw.models.artefact;

/**
 * One object of the store.
 *
 * @param kind name of its {@link ArtefactKind}
 * @param scope domain, or {@code source-target}
 * @param version says what is in it: equal objects have equal versions
 * @param sha256 of its payload, hexadecimal
 */
public record ArtefactRef(String kind, String scope, String version, String sha256) {
  /** {@code kind/scope@version}, for people. */
  @Override
  public String toString() {
    return kind + "/" + scope + "@" + version;
  }
}
