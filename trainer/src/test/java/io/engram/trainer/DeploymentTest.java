package io.engram.trainer;

import static io.engram.trainer.DeploymentFiles.PORT;
import static io.engram.trainer.DeploymentFiles.ROOT;
import static io.engram.trainer.DeploymentFiles.find;
import static io.engram.trainer.DeploymentFiles.image;
import static io.engram.trainer.DeploymentFiles.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.engram.events.Tools;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files around the code agree with it and with each other. */
final class DeploymentTest {
  @Test
  void promtoolTakesTheScrapeConfiguration() throws Exception {
    Path configuration = ROOT.resolve("dashboards/prometheus/prometheus.yml");
    Tools.run(Tools.require("promtool"), "check", "config", configuration.toString());
  }

  @ParameterizedTest
  @CsvSource({"trainer, engram", "collector, engram-collector"})
  void imagesHoldWhatTheBuildMakes(String module, String jar) throws IOException {
    assertThat(text(module + "/pom.xml")).contains("<finalName>" + jar + "</finalName>");
    assertThat(text(module + "/Dockerfile"))
        .contains("mv %s/target/lib/engram-*.jar /image/program/lib/".formatted(module))
        .contains("mv %s/target/%s.jar /image/program/".formatted(module, jar))
        .contains("COPY --from=build /image/lib /opt/engram/lib\n")
        .contains("COPY --from=build /image/program /opt/engram\n")
        .contains("\"-jar\", \"/opt/engram/" + jar + ".jar\"]")
        .contains("EXPOSE " + PORT + "\n");
    String version = find("<version>(.*)-SNAPSHOT</version>", text("pom.xml"));
    assertThat(image(module)).isEqualTo("engram-%s:%s".formatted(module, version));
  }
}
