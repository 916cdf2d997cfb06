package io.engram.trainer;

import static io.engram.trainer.DeploymentFiles.PORT;
import static io.engram.trainer.DeploymentFiles.ROOT;
import static io.engram.trainer.DeploymentFiles.documents;
import static io.engram.trainer.DeploymentFiles.strings;
import static io.engram.trainer.DeploymentFiles.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.engram.events.Tools;
import io.engram.trainer.dashboards.Dashboard;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Who watches finds whom it watches: names, ports, folders and uids agree between the files. */
class GrafanaProvisioningTest {
  private static JsonNode service(String name) throws IOException {
    return yaml("docker-compose.yml").at("/services").path(name);
  }

  /** Folder in the container by folder in the repository. */
  private static Map<String, String> mounts(String service) throws IOException {
    Map<String, String> mounts = new TreeMap<>();
    for (String volume : strings(service(service).at("/volumes"))) {
      String[] parts = volume.split(":");
      mounts.put(parts[0], parts[1]);
    }
    return mounts;
  }

  /** The name and port by which others of the network reach a service. */
  private static String address(String service) throws IOException {
    List<String> ports = strings(service(service).at("/ports"));
    return service + ports.get(0).substring(ports.get(0).lastIndexOf(':'));
  }

  private static JsonNode datasource(String type) throws IOException {
    return StreamSupport.stream(
            yaml("dashboards/grafana/provisioning/datasources/engram.yaml")
                .at("/datasources")
                .spliterator(),
            false)
        .filter(datasource -> datasource.path("type").asText().equals(type))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void grafanaAsksPrometheusAndAlertmanager() throws IOException {
    JsonNode prometheus = datasource("prometheus");
    assertThat(prometheus.path("url").asText()).isEqualTo("http://" + address("prometheus"));
    assertThat(prometheus.path("isDefault").asBoolean()).isTrue();
    assertThat(prometheus.at("/jsonData/timeInterval"))
        .isEqualTo(yaml("dashboards/prometheus/prometheus.yml").at("/global/scrape_interval"));
    assertThat(datasource("alertmanager").path("url").asText())
        .isEqualTo("http://" + address("alertmanager"));
  }

  @Test
  void dashboardsBeginWithTheDataSourceThatIsProvisioned() throws IOException {
    String uid = datasource("prometheus").path("uid").asText();
    for (Dashboard dashboard : Dashboard.shipped()) {
      JsonNode variable = dashboard.json().at("/templating/list/0");
      assertThat(variable.path("type").asText()).isEqualTo("datasource");
      assertThat(variable.at("/current/value").asText()).as(dashboard.file()).isEqualTo(uid);
    }
  }

  @Test
  void grafanaFindsItsDashboards() throws IOException {
    Map<String, String> mounts = mounts("grafana");
    JsonNode provider =
        yaml("dashboards/grafana/provisioning/dashboards/engram.yaml").at("/providers/0");
    assertThat(provider.path("allowUiUpdates").asBoolean(true)).isFalse();
    assertThat(provider.at("/options/path").asText()).isEqualTo(mounts.get("./dashboards/grafana"));
    assertThat(mounts)
        .containsEntry("./dashboards/grafana/provisioning", "/etc/grafana/provisioning");
    String home =
        service("grafana").at("/environment/GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH").asText();
    Path file = Path.of(home);
    assertThat(file.getParent().toString()).isEqualTo(provider.at("/options/path").asText());
    assertThat(Dashboard.FOLDER.resolve(file.getFileName())).exists();
  }

  @Test
  void linksLeadToWhereTheLivePageIsPublished() throws IOException {
    String published =
        "http://" + strings(service("engram").at("/ports")).get(0).replaceFirst(":\\d+$", "");
    for (Dashboard dashboard : Dashboard.shipped()) {
      JsonNode page =
          dashboard.json().at("/templating/list").findParents("name").stream()
              .filter(variable -> variable.path("name").asText().equals("page"))
              .findFirst()
              .orElseThrow();
      assertThat(page.at("/current/value").asText()).isEqualTo(published);
      assertThat(page.path("query").asText()).isEqualTo(published);
    }
  }

  @Test
  void prometheusAndAlertmanagerReadWhatIsMounted() throws IOException {
    JsonNode prometheus = yaml("dashboards/prometheus/prometheus.yml");
    assertThat(strings(service("prometheus").at("/command")))
        .contains("--config.file=/etc/prometheus/prometheus.yml");
    assertThat(mounts("prometheus")).containsEntry("./dashboards/prometheus", "/etc/prometheus");
    assertThat(strings(prometheus.at("/rule_files"))).containsExactly("rules/*.yaml");
    assertThat(ROOT.resolve("dashboards/prometheus/rules")).isNotEmptyDirectory();
    assertThat(prometheus.findValue("alertmanagers").findValue("targets"))
        .extracting(JsonNode::asText)
        .containsExactly(address("alertmanager"));
    assertThat(prometheus.findValue("scrape_configs").findValue("targets"))
        .extracting(JsonNode::asText)
        .containsExactly("engram:" + PORT);

    assertThat(strings(service("alertmanager").at("/command")))
        .contains("--config.file=/etc/alertmanager/alertmanager.yml");
    assertThat(mounts("alertmanager"))
        .containsEntry("./dashboards/alertmanager", "/etc/alertmanager");
    JsonNode alertmanager = yaml("dashboards/alertmanager/alertmanager.yml");
    assertThat(alertmanager.findValuesAsText("url"))
        .containsExactly("http://engram:%s/api/v1/alerts".formatted(PORT));
  }

  @Test
  void kustomizeMakesConfigMapsOfEveryDashboard() throws Exception {
    Path kubectl = Tools.require("kubectl");
    String rendered = Tools.run(kubectl, "kustomize", ROOT.resolve("dashboards").toString());
    List<JsonNode> dashboards =
        documents(rendered).stream()
            .filter(map -> map.at("/metadata/name").asText().startsWith("engram-dashboards-"))
            .toList();
    assertThat(dashboards)
        .allSatisfy(
            map ->
                assertThat(map.at("/metadata/labels/grafana_dashboard").asText()).isEqualTo("1"));
    assertThat(dashboards)
        .flatExtracting(map -> map.path("data").properties())
        .extracting(Map.Entry::getKey)
        .containsExactlyInAnyOrderElementsOf(
            Dashboard.shipped().stream().map(Dashboard::file).toList());
  }
}
