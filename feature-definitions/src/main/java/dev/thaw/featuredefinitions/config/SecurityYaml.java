package dev.thaw.featuredefinitions.config;

import dev.thaw.featuredefinitions.config.SecurityConfig.Admin;
import dev.thaw.featuredefinitions.config.SecurityConfig.Rate;
import dev.thaw.featuredefinitions.yaml.YamlMapping;
import java.nio.file.Path;
import java.util.List;

/** The file form of {@link SecurityConfig}. */
final class SecurityYaml {
  private static final int ADMIN_PORT = 8081;

  private SecurityYaml() {}

  /**
   * @param folder from which relative paths are meant
   */
  static SecurityConfig read(YamlMapping section, Path folder) {
    section.only("keys", "rate", "admin", "tls");
    return section.build(
        () ->
            new SecurityConfig(
                section.has("keys")
                    ? section.mappings("keys").stream().map(SecurityYaml::key).toList()
                    : List.of(),
                section.optionalMapping("rate").map(SecurityYaml::rate).orElse(null),
                section.optionalMapping("admin").map(SecurityYaml::admin).orElse(null),
                section.optionalMapping("tls").map(each -> tls(each, folder)).orElse(null)));
  }

  private static ApiKey key(YamlMapping section) {
    section.only("name", "role", "key", "key_hash");
    if (section.has("key") == section.has("key_hash")) {
      throw section.fault("key", "must be given, or key_hash in its place");
    }
    Role role = section.oneOf("role", Role.class);
    return section.build(
        () ->
            section.has("key")
                ? ApiKey.ofKey(section.text("name"), role, section.text("key"))
                : new ApiKey(section.text("name"), role, section.text("key_hash")));
  }

  private static Rate rate(YamlMapping section) {
    section.only("requests_per_second", "burst");
    return section.build(
        () -> {
          int perSecond = Math.toIntExact(section.integer("requests_per_second"));
          return new Rate(perSecond, section.intNumber("burst", perSecond));
        });
  }

  private static Admin admin(YamlMapping section) {
    section.only("host", "port");
    return section.build(
        () -> new Admin(section.text("host", "127.0.0.1"), section.intNumber("port", ADMIN_PORT)));
  }

  private static TlsConfig tls(YamlMapping section, Path folder) {
    section.only("certificate", "key", "client_ca");
    return new TlsConfig(
        folder.resolve(section.text("certificate")).normalize(),
        folder.resolve(section.text("key")).normalize(),
        section
            .optionalText("client_ca")
            .map(file -> folder.resolve(file).normalize())
            .orElse(null));
  }
}
