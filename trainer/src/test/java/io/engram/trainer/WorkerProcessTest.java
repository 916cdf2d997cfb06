package io.engram.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.trainer.experiment.Progress;
import io.engram.trainer.spec.InvalidSettingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With scripts in place of workers. */
@Timeout(60)
class WorkerProcessTest {
  @TempDir private Path folder;
  private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch begun = new CountDownLatch(1);

  private final Progress progress =
      new Progress() {
        @Override
        public void at(String what, long done, long total) {
          heard.add("at " + what);
          begun.countDown();
        }

        @Override
        public void say(String line) {
          heard.add(line);
        }
      };

  private WorkerProcess worker(String script) {
    return new WorkerProcess(
        List.of("bash", "-c", "cd '%s'; %s".formatted(folder, script)), folder.resolve("log"));
  }

  @Test
  void tasksAreRunByOneProcessOneAfterTheOther() {
    String script =
        "echo begun >> starts; while read t; do echo \"say a  b $t\"; echo ran; read t;"
            + " echo \"taken $t\"; done";
    try (WorkerProcess worker = worker(script)) {
      assertThat(worker.run("one", progress)).isTrue();
      assertThat(worker.run("two", progress)).isFalse();
      assertThat(worker.run("three", progress)).isTrue();
    }

    assertThat(heard).containsExactly("a  b one", "a  b three");
    assertThat(folder.resolve("starts")).hasContent("begun");
  }

  @Test
  void whatAKilledProcessWasAtIsTakenUpByAnother() {
    String script =
        "read t; [ -e again ] && echo \"ran $t\" && read t; touch again; echo died >&2; kill -9 $$";
    try (WorkerProcess worker = worker(script)) {
      assertThat(worker.run("one", progress)).isTrue();
    }

    assertThat(heard)
        .containsExactly("one: its process ended with exit code 137; another takes it up");
    assertThat(folder.resolve("log")).content().startsWith("died");
  }

  @Test
  void whatKillsEveryProcessIsGivenUp() {
    try (WorkerProcess worker = worker("read t; exit 3")) {
      assertThat(worker.run("one", progress)).isTrue();
    }

    assertThat(heard).hasSize(4);
    assertThat(heard.get(3))
        .startsWith("one did not end: its process ended with exit code 3; ")
        .endsWith("log tells more");
  }

  @Test
  void aFaultThatAUserCanMendIsPassedOn() {
    try (WorkerProcess worker = worker("read t; echo 'failed --out: no room'; cat")) {
      assertThatThrownBy(() -> worker.run("one", progress))
          .isInstanceOf(InvalidSettingException.class)
          .hasMessageContaining("--out: no room");
    }
  }

  @Test
  void aProcessEndsWithItsInputAndNoOtherBegins() throws Exception {
    WorkerProcess worker =
        worker("read t; echo at work; echo $$ > pid; cat > /dev/null; echo over >&2");
    CompletableFuture<Boolean> run =
        CompletableFuture.supplyAsync(() -> worker.run("one", progress));
    assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();

    worker.close();

    assertThat(run.get(30, TimeUnit.SECONDS)).isTrue();
    assertThat(folder.resolve("log")).hasContent("over");
    assertThat(worker.run("two", progress)).isTrue();
    assertThat(heard).containsExactly("at work");
  }

  @Test
  void aWorkersLinesAreReadAsTheyWereMeant() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    AtomicLong nanos = new AtomicLong();
    WorkerLines lines =
        new WorkerLines(new PrintStream(bytes, false, StandardCharsets.UTF_8), nanos::get);
    lines.at("too soon", 1, 2);
    nanos.set(1_000_000_000);
    lines.at("épochs: 3", 1, 2);
    lines.at("too soon again", 1, 2);
    lines.say("first\nsecond  line");
    lines.end(WorkerLines.RAN, "name");
    Files.write(folder.resolve("lines"), bytes.toByteArray());

    try (WorkerProcess worker = worker("read t; cat lines; cat")) {
      assertThat(worker.run("name", progress)).isTrue();
    }

    assertThat(heard).containsExactly("at épochs: 3", "first", "second  line");
  }
}
