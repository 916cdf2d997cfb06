package io.engram.trainer.experiment.svalidation;

import io.engram.trainer.experiment.Experiment;
import io.engram.trainer.experiment.ExperimentContext;
import io.engram.trainer.experiment.Parameter;
import io.engram.trainer.experiment.Report;
import io.engram.trainer.experiment.Trainee;
import io.engram.trainer.svalidation.LastHiddenLayer;
import io.engram.trainer.svalidation.NullProfile;
import io.engram.trainer.svalidation.NullResult;
import io.engram.trainer.svalidation.PermutationNull;
import io.engram.trainer.svalidation.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which networks memorize more? Ranks networks by the centre of s-validation's permutation null
 * (Chaibub Neto 2018), with the controls that the paper lacks: the untrained network and the raw
 * pixels.
 *
 * <p>All networks of a seed have the same images, s-validation sets, permutations of the labels and
 * draws of the forest, so that they are compared in pairs. Every seed has others. Training is on
 * one thread; everything is scored where it falls due.
 *
 * <p>The paper does not state loss, initial weights, scale of the pixels, grid of epochs and
 * forest; chosen here: binary cross-entropy, Glorot-uniform weights, pixels in 0 to 1, epochs 0, 1,
 * 2, 5, 10, …, 100 trees with the defaults of R's randomForest and 20 to 100 permutations. It
 * trains for 100,000 epochs (convolutional networks 10,000); the default here is 500 (20), which
 * leaves claims about thousands of epochs untested.
 */
public final class SValidation implements Experiment {
  private final NullProfile profile;
  private final NullProfile confirming;

  /** With {@link NullProfile#FAST}, confirmed by {@link NullProfile#PAPER}. */
  public SValidation() {
    this(NullProfile.FAST, NullProfile.PAPER);
  }

  SValidation(NullProfile profile, NullProfile confirming) {
    this.profile = profile;
    this.confirming = confirming;
  }

  @Override
  public String name() {
    return "s-validation";
  }

  @Override
  public String description() {
    return "Which networks memorize more, and what shows it already untrained? (N1 to N13)";
  }

  @Override
  public List<Parameter> parameters() {
    return Settings.DECLARED;
  }

  @Override
  public List<String> datasets() {
    return List.of("fashion-mnist", "mnist");
  }

  @Override
  public Report run(ExperimentContext context) {
    Settings settings = new Settings(context.parameters());
    Progress progress = new Progress(context, settings);
    List<NetworkRun> runs = new ArrayList<>();
    List<ShuffledNetworks> shuffled = new ArrayList<>();
    try (Workers workers = new Workers(settings.threads())) {
      Scoring scoring = new Scoring(profile, settings.confirm() ? confirming : null, workers);
      for (int training : settings.sizes()) {
        for (Inputs inputs : settings.inputs()) {
          for (long seed : settings.seeds()) {
            progress.begin("%s, %,d images, seed %d".formatted(inputs.words, training, seed));
            Images images = Images.load(context, settings, inputs, training, seed);
            NullResult pixels = scoring.pixels(images, seed);
            progress.tick("pixels");
            for (Optimizer optimizer : settings.optimizers()) {
              Group group = new Group(inputs, optimizer, training);
              for (Net net : settings.nets()) {
                NetworkRun run = run(settings, scoring, images, pixels, group, net, seed, progress);
                runs.add(run);
                if (settings.shuffledNetworks() > 0) {
                  shuffled.add(shuffled(settings, scoring, images, run, progress));
                }
              }
            }
          }
        }
      }
    }
    return new SValidationReport(settings, context.dataset(), profile, runs, shuffled).report();
  }

  private static NetworkRun run(
      Settings settings,
      Scoring scoring,
      Images images,
      NullResult pixels,
      Group group,
      Net net,
      long seed,
      Progress progress) {
    int[] rows = new int[images.labels().length];
    java.util.Arrays.setAll(rows, row -> row);
    List<Checkpoint> checkpoints = new ArrayList<>();
    try (Trainee trainee =
        new Trainee(
            net.network,
            group.optimizer().spec,
            images.training(),
            rows,
            settings.batch(),
            settings.epochs(net),
            seed)) {
      LastHiddenLayer layer = new LastHiddenLayer(trainee.configuration());
      int done = 0;
      for (int epoch : settings.grid(net)) {
        for (; done < epoch; done++) {
          trainee.epoch();
        }
        checkpoints.add(scoring.checkpoint(epoch, trainee, layer, images, seed));
        progress.tick("%s, epoch %d".formatted(net.letter(), epoch));
      }
    }
    return new NetworkRun(group, net, seed, images.validation().size(), checkpoints, pixels);
  }

  /**
   * Networks with the same initial weights and order as a run's, each trained to the end on a
   * permutation of the labels and scored under the same permutation.
   */
  private static ShuffledNetworks shuffled(
      Settings settings, Scoring scoring, Images images, NetworkRun run, Progress progress) {
    int networks = settings.shuffledNetworks();
    int[][] scores = new int[images.sets().size()][networks];
    double[] fitted = new double[networks];
    int[] rows = IntStream.range(0, images.labels().length).toArray();
    int epochs = settings.epochs(run.net());
    for (int b = 0; b < networks; b++) {
      int[] labels = PermutationNull.permuted(images.labels(), run.seed(), b);
      try (Trainee trainee =
          new Trainee(
              run.net().network,
              run.group().optimizer().spec,
              images.training(),
              labels,
              rows,
              settings.batch(),
              epochs,
              run.seed())) {
        for (int epoch = 0; epoch < epochs; epoch++) {
          trainee.epoch();
        }
        LastHiddenLayer layer = new LastHiddenLayer(trainee.configuration());
        int[] observed = scoring.observed(trainee, layer, images, labels, run.seed());
        for (int set = 0; set < observed.length; set++) {
          scores[set][b] = observed[set];
        }
        int[] predicted = trainee.predicted(rows);
        long right = IntStream.of(rows).filter(row -> predicted[row] == labels[row]).count();
        fitted[b] = (double) right / rows.length;
      }
      progress.tick("%s, shuffled network %d".formatted(run.net().letter(), b + 1));
    }
    return new ShuffledNetworks(run, scores, fitted);
  }

  /** Counts checkpoints. */
  private static final class Progress {
    private final ExperimentContext context;
    private final long total;
    private long done;
    private String run = "";

    Progress(ExperimentContext context, Settings settings) {
      this.context = context;
      long checkpoints = settings.nets().stream().mapToLong(net -> settings.grid(net).size()).sum();
      total =
          (1
                  + (checkpoints + (long) settings.nets().size() * settings.shuffledNetworks())
                      * settings.optimizers().size())
              * settings.sizes().size()
              * settings.inputs().size()
              * settings.seeds().size();
    }

    void begin(String name) {
      run = name;
    }

    void tick(String what) {
      context.progress().at("%s: %s".formatted(run, what), ++done, total);
    }
  }
}
