package dev.thaw.serving.security;

import static dev.thaw.featuredefinitions.config.Role.ADMIN;
import static dev.thaw.featuredefinitions.config.Role.READ;
import static dev.thaw.featuredefinitions.config.Role.WRITE;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.server.Route;
import dev.thaw.featuredefinitions.config.Role;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The role that each method asks for, whichever protocol it is called by. What stands neither here
 * nor among the open ones asks for the highest.
 */
public final class MethodRoles {
  private static final String THAW = "/thaw.v1.ThawService/";
  private static final String FEAST = "/feast.serving.ServingService/";
  private static final Map<String, Role> ROLES = new HashMap<>();

  /** For probes, which have no keys, and the description of the interface. */
  private static final Set<String> OPEN =
      Set.of(
          "/healthz",
          "/readyz",
          "/health",
          "/openapi.json",
          "/grpc.health.v1.Health/Check",
          "/grpc.health.v1.Health/List",
          "/grpc.health.v1.Health/Watch");

  static {
    both(READ, "POST /v1/recommendations", THAW + "Recommend");
    both(READ, "GET /v1/items/{id}/similar", THAW + "Similar");
    both(READ, "GET /v1/onboarding", THAW + "Onboarding");
    both(READ, "GET /v1/users/{id}", THAW + "GetUser");
    both(WRITE, "POST /v1/events", THAW + "PostEvents");
    both(WRITE, "POST /v1/items", THAW + "PostItems");
    both(WRITE, "POST /v1/users", THAW + "PostUsers");
    both(ADMIN, "DELETE /v1/users/{id}", THAW + "DeleteUser");
    both(ADMIN, "DELETE /v1/items/{id}", THAW + "DeleteItem");
    both(READ, "POST /get-online-features", FEAST + "GetOnlineFeatures");
    ROLES.put("POST " + FEAST + "GetFeastServingInfo", READ);
    ROLES.put("POST /grpc.reflection.v1.ServerReflection/ServerReflectionInfo", READ);
    ROLES.put("GET /metrics", ADMIN);
  }

  private MethodRoles() {}

  private static void both(Role role, String http, String rpc) {
    ROLES.put(http, role);
    ROLES.put("POST " + rpc, role);
  }

  public static boolean isOpen(Route route) {
    return OPEN.contains(pattern(route));
  }

  static Role needed(HttpMethod method, Route route) {
    return said(method, route).orElse(ADMIN);
  }

  /** Empty for what nobody has thought of. */
  public static Optional<Role> said(HttpMethod method, Route route) {
    HttpMethod asked = method == HttpMethod.HEAD ? HttpMethod.GET : method;
    return Optional.ofNullable(ROLES.get(asked + " " + pattern(route)));
  }

  /** {@code /v1/users/{id}}, however the route was given. */
  static String pattern(Route route) {
    return route.patternString().replaceAll(":([A-Za-z_]+)", "{$1}");
  }
}
