package io.engram.events;

import static io.engram.events.ArchitectureRules.houseHabits;
import static io.engram.events.ArchitectureRules.mayName;
import static io.engram.events.ArchitectureRules.onlyPackages;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.engram", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String EVENTS = "io.engram.events";
  private static final String SVALIDATION = "io.engram.events.svalidation";
  private static final String WIRE = "io.engram.events.wire";
  private static final String LOG = "io.engram.events.log";
  private static final String DELIVERY = "io.engram.events.delivery";
  private static final String CLUSTER = "io.engram.events.cluster";
  private static final String ACCESS = "io.engram.events.access";

  @ArchTest static final ArchRule events = mayName(EVENTS);
  @ArchTest static final ArchRule svalidation = mayName(SVALIDATION, EVENTS);
  @ArchTest static final ArchRule wire = mayName(WIRE, EVENTS, "io.vertx.core..", "io.netty..");
  @ArchTest static final ArchRule log = mayName(LOG);
  @ArchTest static final ArchRule delivery = mayName(DELIVERY, EVENTS);

  @ArchTest
  static final ArchRule cluster =
      mayName(CLUSTER, ACCESS, "io.vertx..", "com.hazelcast..", "picocli..");

  @ArchTest static final ArchRule access = mayName(ACCESS, "io.vertx.core..", "picocli..");

  @ArchTest
  static final ArchRule everyPackageHasARow =
      onlyPackages(EVENTS, SVALIDATION, WIRE, LOG, DELIVERY, CLUSTER, ACCESS);

  @ArchTest static final ArchRule habits = houseHabits();
}
