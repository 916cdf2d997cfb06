package io.engram.collector.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.collector.LivePage;
import io.engram.collector.SyntheticRun;
import io.engram.collector.TestCollector;
import io.engram.events.access.Access;
import io.engram.events.access.AccessToken;
import io.engram.events.access.Scope;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.Timeout;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

@ExtendWith(VertxExtension.class)
@Timeout(value = 3, timeUnit = TimeUnit.MINUTES)
final class LoginPageTest {
  @RegisterExtension static final LivePage PAGE = new LivePage();

  @Test
  void thePageAsksForATokenAndShowsRunsWithIt(Vertx vertx) throws Exception {
    String token = AccessToken.generate();
    Access access = new Access(null, List.of(AccessToken.of(token, Scope.READ)), false, false);
    TestCollector collector =
        TestCollector.start(vertx, new JsonObject().put("access", access.toJson()));
    collector.send(new SyntheticRun("alpha", 0).start());

    PAGE.browser().emulate(1280, 800, "light");
    PAGE.browser().open(collector.uri("/"));
    PAGE.browser().await("document.querySelector('.login input') !== null");
    assertThat(PAGE.browser().text("main"))
        .contains("A token opens this page")
        .doesNotContain("alpha");
    PAGE.browser().await("document.getElementById('connection').textContent === 'locked'");
    PAGE.browser().keepPicture("login");
    enter("engram_wrong");
    PAGE.browser()
        .await("document.querySelector('.login-said')?.textContent.includes('not known')");
    assertThat(PAGE.browser().errors()).as("refused requests").isNotEmpty();
    enter(token);

    PAGE.browser().await("document.querySelectorAll('.run').length === 1");
    assertThat(PAGE.browser().text("#connection")).isEqualTo("live");
    assertThat(PAGE.browser().eval("document.cookie")).isEqualTo("");
    assertThat(PAGE.browser().eval("document.getElementById('login').hidden")).isEqualTo(true);
    PAGE.browser().errors();
  }

  @Test
  void aCollectorThatIsExposedSaysSo(Vertx vertx) {
    Access access = new Access(null, List.of(), false, true);
    TestCollector collector =
        TestCollector.start(
            vertx, new JsonObject().put("host", "0.0.0.0").put("access", access.toJson()));

    PAGE.browser().open(collector.uri("/"));

    PAGE.browser().await("document.querySelector('.insecure') !== null");
    assertThat(PAGE.browser().text("#login")).contains("without encryption or without a login");
  }

  private static void enter(String token) {
    PAGE.browser().eval("document.querySelector('.login input').value = '" + token + "'");
    PAGE.browser().click(".login button");
  }
}
