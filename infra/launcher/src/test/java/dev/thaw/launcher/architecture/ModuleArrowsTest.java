package dev.thaw.launcher.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The arrows between modules, as CONTRIBUTING.md draws them. */
class ModuleArrowsTest {
  private static final Map<String, Set<String>> ARROWS =
      Map.of(
          "featuredefinitions", Set.of(),
          "models", Set.of("featuredefinitions"),
          "vectorindex", Set.of("featuredefinitions"),
          "flinkjobs", Set.of("featuredefinitions", "models", "vectorindex"),
          "serving", Set.of("featuredefinitions", "models", "vectorindex"),
          "evaluation", Set.of("featuredefinitions", "models", "vectorindex", "serving"));

  private static JavaClasses thaw;

  @BeforeAll
  static void readClasses() {
    thaw =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("dev.thaw");
  }

  @TestFactory
  List<DynamicTest> eachModuleSeesOnlyThoseBelowIt() {
    List<DynamicTest> tests = new ArrayList<>();
    ARROWS.forEach(
        (module, below) -> {
          List<String> allowed = new ArrayList<>(below);
          allowed.add(module);
          tests.add(
              DynamicTest.dynamicTest(
                  module,
                  () ->
                      noClasses()
                          .that()
                          .resideInAPackage("dev.thaw." + module + "..")
                          .should()
                          .dependOnClassesThat(
                              resideInAPackage("dev.thaw..").and(not(inAnyOf(allowed))))
                          .allowEmptyShould(true)
                          .check(thaw)));
        });
    return tests;
  }

  private static DescribedPredicate<JavaClass> inAnyOf(List<String> modules) {
    return resideInAnyPackage(
        modules.stream().map(m -> "dev.thaw." + m + "..").toArray(String[]::new));
  }

  @Test
  void modelsAreFreeOfEnginesStoresAndServers() {
    noClasses()
        .that()
        .resideInAPackage("dev.thaw.models..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.flink..",
            "io.milvus..",
            "feast..",
            "dev.feast..",
            "com.linecorp.armeria..",
            "io.grpc..",
            "org.apache.kafka..",
            "java.net.http..")
        .allowEmptyShould(true)
        .check(thaw);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.thaw.(**)").should().beFreeOfCycles().check(thaw);
  }
}
