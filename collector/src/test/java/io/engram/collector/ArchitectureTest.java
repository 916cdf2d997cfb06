package io.engram.collector;

import static io.engram.events.ArchitectureRules.houseHabits;
import static io.engram.events.ArchitectureRules.mayName;
import static io.engram.events.ArchitectureRules.onlyPackages;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The collector's rows of the dependency table; a package sees only what lies upstream of it. */
@AnalyzeClasses(packages = "io.engram.collector", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String ROOT = "io.engram.collector";
  private static final String AGGREGATE = ROOT + ".aggregate";
  private static final String ONSET = ROOT + ".onset";
  private static final String WATCH = ROOT + ".watch";
  private static final String ALERT = ROOT + ".alert";
  private static final String METRICS = ROOT + ".metrics";
  private static final String INGEST = ROOT + ".ingest";
  private static final String HTTP = ROOT + ".http";
  private static final String STORE = ROOT + ".store";

  private static final String EVENTS = "io.engram.events";
  private static final String SVALIDATION = "io.engram.events.svalidation";
  private static final String WIRE = "io.engram.events.wire";
  private static final String LOG = "io.engram.events.log";
  private static final String DELIVERY = "io.engram.events.delivery";
  private static final String ACCESS = "io.engram.events.access";
  private static final String CLUSTER = "io.engram.events.cluster";
  private static final String STATISTICS = "org.apache.commons.statistics..";
  private static final String VERTX = "io.vertx..";
  private static final String JACKSON = "com.fasterxml.jackson..";
  private static final String PROMETHEUS = "io.prometheus.metrics..";
  private static final String MICROMETER = "io.micrometer..";
  private static final String COMMONMARK = "org.commonmark..";
  private static final String SLF4J = "org.slf4j..";

  @ArchTest static final ArchRule onset = mayName(ONSET, AGGREGATE, EVENTS, STATISTICS);

  @ArchTest
  static final ArchRule store =
      mayName(STORE, AGGREGATE, WATCH, EVENTS, WIRE, LOG, DELIVERY, SLF4J);

  @ArchTest static final ArchRule watch = mayName(WATCH, AGGREGATE, ONSET, EVENTS);

  @ArchTest static final ArchRule alert = mayName(ALERT);

  @ArchTest static final ArchRule aggregate = mayName(AGGREGATE, EVENTS, SVALIDATION, STATISTICS);

  @ArchTest
  static final ArchRule metrics =
      mayName(METRICS, AGGREGATE, ONSET, WATCH, EVENTS, SVALIDATION, PROMETHEUS, MICROMETER, SLF4J);

  @ArchTest static final ArchRule ingest = mayName(INGEST, EVENTS, WIRE, DELIVERY, VERTX, JACKSON);

  @ArchTest
  static final ArchRule http =
      mayName(
          HTTP,
          INGEST,
          AGGREGATE,
          ONSET,
          WATCH,
          ALERT,
          METRICS,
          EVENTS,
          WIRE,
          DELIVERY,
          ACCESS,
          SVALIDATION,
          VERTX,
          PROMETHEUS,
          JACKSON,
          COMMONMARK,
          SLF4J);

  @ArchTest
  static final ArchRule root =
      mayName(
          ROOT,
          AGGREGATE,
          ONSET,
          WATCH,
          ALERT,
          METRICS,
          INGEST,
          HTTP,
          STORE,
          EVENTS,
          WIRE,
          ACCESS,
          CLUSTER,
          DELIVERY,
          VERTX,
          PROMETHEUS,
          MICROMETER,
          JACKSON,
          SLF4J,
          "picocli..");

  @ArchTest
  static final ArchRule everyPackageHasARow =
      onlyPackages(ROOT, AGGREGATE, ONSET, WATCH, ALERT, METRICS, INGEST, HTTP, STORE);

  @ArchTest static final ArchRule habits = houseHabits();
}
