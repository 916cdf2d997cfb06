package io.engram.trainer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.engram.events.ArchitectureRules.houseHabits;
import static io.engram.events.ArchitectureRules.mayName;
import static io.engram.events.ArchitectureRules.onlyPackages;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The trainer's rows of the dependency table; a package sees only what lies upstream of it. */
@AnalyzeClasses(packages = "io.engram.trainer", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
  private static final String ROOT = "io.engram.trainer";
  private static final String SPEC = ROOT + ".spec";
  private static final String DEVICE = ROOT + ".device";
  private static final String DATASET = ROOT + ".dataset";
  private static final String MODEL = ROOT + ".model";
  private static final String TRAINING = ROOT + ".training";
  private static final String PROBE = ROOT + ".probe";
  private static final String CRITICAL = PROBE + ".critical";
  private static final String SENSITIVITY = PROBE + ".sensitivity";
  private static final String SVALIDATION = ROOT + ".svalidation";
  private static final String PUBLISH = ROOT + ".publish";
  private static final String SCORING = ROOT + ".scoring";
  private static final String LISTENER = ROOT + ".listener";
  private static final String EXPERIMENT = ROOT + ".experiment";
  private static final String EASY_HARD = EXPERIMENT + ".easyhard";
  private static final String LOSS_SENSITIVITY = EXPERIMENT + ".sensitivity";
  private static final String FILTERS = EXPERIMENT + ".filters";
  private static final String CRITICAL_SAMPLES = EXPERIMENT + ".critical";
  private static final String MISLABEL = EXPERIMENT + ".mislabel";
  private static final String ONSET = EXPERIMENT + ".onset";
  private static final String COMPARED_NULLS = EXPERIMENT + ".svalidation";
  private static final String GRID = EXPERIMENT + ".grid";
  private static final String PAPER = EXPERIMENT + ".paper";
  private static final String TEXT = ROOT + ".text";

  private static final String COLLECTOR = "io.engram.collector";
  private static final String EVENTS = "io.engram.events";
  private static final String JUDGEMENT = "io.engram.events.svalidation";
  private static final String WIRE = "io.engram.events.wire";
  private static final String LOG = "io.engram.events.log";
  private static final String DELIVERY = "io.engram.events.delivery";
  private static final String ACCESS = "io.engram.events.access";
  private static final String CLUSTER = "io.engram.events.cluster";
  private static final String DL4J = "org.deeplearning4j..";
  private static final String ND4J = "org.nd4j..";
  private static final String VERTX_CORE = "io.vertx.core..";
  private static final String JACKSON = "com.fasterxml.jackson..";
  private static final String STATISTICS = "org.apache.commons.statistics..";
  private static final String SLF4J = "org.slf4j..";

  @ArchTest static final ArchRule spec = mayName(SPEC, EVENTS, JACKSON);
  @ArchTest static final ArchRule device = mayName(DEVICE);
  @ArchTest static final ArchRule dataset = mayName(DATASET, SPEC, EVENTS, DL4J, ND4J, SLF4J);
  @ArchTest static final ArchRule model = mayName(MODEL, SPEC, DATASET, EVENTS, DL4J, ND4J, SLF4J);

  /** {@code critical} for the search that adversarial training makes in its step. */
  @ArchTest
  static final ArchRule training =
      mayName(
          TRAINING, CRITICAL, SPEC, DATASET, MODEL, EVENTS, DL4J, ND4J, "org.bytedeco..", SLF4J);

  @ArchTest
  static final ArchRule critical = mayName(CRITICAL, DATASET, MODEL, DL4J, ND4J, "org.bytedeco..");

  /** Plain Java: the derivatives and what they are computed from. */
  @ArchTest static final ArchRule sensitivity = mayName(SENSITIVITY, DATASET);

  @ArchTest
  static final ArchRule probe =
      mayName(
          PROBE,
          CRITICAL,
          SENSITIVITY,
          SVALIDATION,
          JUDGEMENT,
          SPEC,
          DATASET,
          MODEL,
          TRAINING,
          EVENTS,
          DL4J,
          ND4J,
          "org.bytedeco..",
          SLF4J);

  @ArchTest
  static final ArchRule svalidation =
      mayName(SVALIDATION, DATASET, MODEL, EVENTS, JUDGEMENT, DL4J, ND4J);

  /** {@code training} for the sink that a loop leaves its events in. */
  @ArchTest
  static final ArchRule publish =
      mayName(PUBLISH, TRAINING, EVENTS, WIRE, LOG, DELIVERY, VERTX_CORE, "org.jctools..", SLF4J);

  /** The kernel on the bus: measures nothing itself, and no probe knows that there is a bus. */
  @ArchTest
  static final ArchRule scoring = mayName(SCORING, SVALIDATION, EVENTS, WIRE, VERTX_CORE, SLF4J);

  /** For training loops that are not Engram's: of the trainer it needs the way to the bus alone. */
  @ArchTest
  static final ArchRule listener =
      mayName(LISTENER, PUBLISH, EVENTS, VERTX_CORE, DL4J, ND4J, SLF4J);

  @ArchTest static final ArchRule text = mayName(TEXT);

  /** The frame of all experiments; it knows none of them. */
  @ArchTest
  static final ArchRule experiment =
      mayName(
          EXPERIMENT,
          TEXT,
          SPEC,
          DATASET,
          MODEL,
          TRAINING,
          ND4J,
          DL4J,
          JACKSON,
          STATISTICS,
          "org.jfree..",
          "org.apache.batik..",
          "org.w3c.dom..");

  @ArchTest static final ArchRule easyHard = mayName(EASY_HARD, EXPERIMENT, SPEC, DATASET);

  @ArchTest
  static final ArchRule lossSensitivity =
      mayName(
          LOSS_SENSITIVITY,
          EXPERIMENT,
          SPEC,
          DATASET,
          TRAINING,
          PROBE,
          EVENTS,
          COLLECTOR + ".aggregate");

  @ArchTest
  static final ArchRule filters =
      mayName(FILTERS, EXPERIMENT, SPEC, DATASET, TRAINING, EVENTS, DL4J, ND4J);

  @ArchTest
  static final ArchRule criticalSamples =
      mayName(
          CRITICAL_SAMPLES,
          EXPERIMENT,
          SPEC,
          DATASET,
          TRAINING,
          PROBE,
          EVENTS,
          COLLECTOR + ".aggregate");

  @ArchTest
  static final ArchRule mislabel =
      mayName(MISLABEL, EXPERIMENT, SPEC, DATASET, TRAINING, EVENTS, COLLECTOR + ".aggregate");

  @ArchTest
  static final ArchRule onset =
      mayName(
          ONSET,
          EXPERIMENT,
          SPEC,
          DATASET,
          TRAINING,
          PROBE,
          EVENTS,
          GRID,
          JACKSON,
          COLLECTOR + ".aggregate",
          COLLECTOR + ".onset");

  /** What grids share; it knows no grid. */
  @ArchTest static final ArchRule grid = mayName(GRID, SPEC, EVENTS, WIRE, JACKSON);

  /** Both papers; it has its runs trained by whoever can. */
  @ArchTest
  static final ArchRule paper =
      mayName(
          PAPER,
          EXPERIMENT,
          GRID,
          ONSET,
          SPEC,
          DATASET,
          MODEL,
          TRAINING,
          EVENTS,
          JACKSON,
          STATISTICS,
          DL4J);

  @ArchTest
  static final ArchRule comparedNulls =
      mayName(
          COMPARED_NULLS,
          EXPERIMENT,
          SPEC,
          DATASET,
          SVALIDATION,
          EVENTS,
          JUDGEMENT,
          COLLECTOR + ".aggregate",
          DL4J,
          STATISTICS);

  @ArchTest
  static final ArchRule root =
      mayName(
          ROOT,
          SPEC,
          DEVICE,
          DATASET,
          MODEL,
          TRAINING,
          PROBE,
          SVALIDATION,
          PUBLISH,
          SCORING,
          EXPERIMENT,
          EASY_HARD,
          LOSS_SENSITIVITY,
          FILTERS,
          CRITICAL_SAMPLES,
          MISLABEL,
          ONSET,
          GRID,
          PAPER,
          COMPARED_NULLS,
          TEXT,
          EVENTS,
          WIRE,
          ACCESS,
          CLUSTER,
          VERTX_CORE,
          ND4J,
          DL4J,
          JACKSON,
          SLF4J,
          "picocli..",
          "me.tongfei..");

  @ArchTest
  static final ArchRule everyPackageHasARow =
      onlyPackages(
          ROOT,
          SPEC,
          DEVICE,
          DATASET,
          MODEL,
          TRAINING,
          PROBE,
          CRITICAL,
          SENSITIVITY,
          SVALIDATION,
          PUBLISH,
          SCORING,
          LISTENER,
          EXPERIMENT,
          EASY_HARD,
          LOSS_SENSITIVITY,
          FILTERS,
          CRITICAL_SAMPLES,
          MISLABEL,
          ONSET,
          GRID,
          PAPER,
          COMPARED_NULLS,
          TEXT);

  /** Embedded mode deploys the collector by name; experiments compute with its aggregates. */
  @ArchTest
  static final ArchRule collectorByNameOnly =
      noClasses()
          .that()
          .resideOutsideOfPackage(EXPERIMENT + "..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(COLLECTOR + "..");

  @ArchTest static final ArchRule habits = houseHabits();
}
