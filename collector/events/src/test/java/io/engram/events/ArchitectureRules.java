package io.engram.events;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/**
 * The sentences in which each module writes its rows of the dependency table. A package that holds
 * no class fails its rule, so a misspelt name cannot pass; only {@code allowEmptyShould} on a rule
 * announces a package that is still to come.
 */
public final class ArchitectureRules {
  private ArchitectureRules() {}

  /** Classes right in {@code name} use the JDK, their own package and {@code others} only. */
  public static ArchRule mayName(String name, String... others) {
    String[] allowed =
        Stream.concat(Stream.of("java..", "javax..", "org.jspecify..", name), Stream.of(others))
            .toArray(String[]::new);
    return classes()
        .that()
        .resideInAPackage(name)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed);
  }

  /** Every class has a row: it resides right in one of {@code packages}. */
  public static ArchRule onlyPackages(String... packages) {
    return classes().should().resideInAnyPackage(packages);
  }

  /** What every module keeps: one logging facade, one place to leave the JVM, null-marked. */
  public static ArchRule houseHabits() {
    return CompositeArchRule.of(
            noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging.."))
        .and(
            noClasses()
                .that()
                .doNotHaveSimpleName("Main")
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class))
        .and(classes().should(resideInANullMarkedPackage()));
  }

  private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
    return new ArchCondition<>("reside in a @NullMarked package") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        events.add(
            new SimpleConditionEvent(
                type,
                type.getPackage().isAnnotatedWith(NullMarked.class),
                type.getName() + " resides in " + type.getPackageName() + ": not @NullMarked"));
      }
    };
  }
}
