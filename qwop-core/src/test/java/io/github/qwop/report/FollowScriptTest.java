package io.github.qwop.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.htmlunit.WebClient;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;

/** The script of a report that is followed, in a browser whose answers are made up. */
class FollowScriptTest {

    private static final String PAGE = "<div class='qwop-report'><p>1,000 steps</p>"
            + "<div class='scroll' tabindex='0' style='overflow: scroll; width: 50px'>"
            + "<div style='width: 500px; height: 5px'></div></div>"
            + "<input type='radio' name='x' id='steps' checked><input type='radio' name='x' id='time'></div>";

    /** It is asked for a version, then for the page; what is to be done later is done when the test wants it. */
    private static final String BROWSER = "window.qwopCharts = function () {};"
            + "window.version = 'a';"
            + "window.setTimeout = function (again) { window.again = again; };"
            + "window.fetch = function (path) { return Promise.resolve({ text: function () {"
            + " return path === 'version' ? window.version : window.fresh; } }); };";

    private static String script() throws IOException {
        try (InputStream in = Objects.requireNonNull(
                FollowScriptTest.class.getResourceAsStream("/io/github/qwop/report/follow.js"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String seen(HtmlPage page, String expression) {
        return String.valueOf(page.executeJavaScript(expression).getJavaScriptResult());
    }

    @Test
    void whatIsChosenAndWhoIsFocusedStays() throws IOException {
        try (WebClient client = new WebClient()) {
            HtmlPage page = client.loadHtmlCodeIntoCurrentWindow("<html><body>" + PAGE + "</body></html>");
            page.executeJavaScript(BROWSER);
            page.executeJavaScript(script());
            client.waitForBackgroundJavaScript(1000);
            page.executeJavaScript("document.getElementById('time').checked = true;"
                    + "document.getElementById('time').focus();"
                    + "document.querySelector('.scroll').scrollLeft = 30;"
                    + "window.fresh = \"" + PAGE.replace("1,000", "2,000") + "\"; window.version = 'b'; again();");
            client.waitForBackgroundJavaScript(1000);

            assertThat(seen(page, "document.querySelector('p').textContent")).isEqualTo("2,000 steps");
            assertThat(seen(page, "document.getElementById('time').checked")).isEqualTo("true");
            assertThat(seen(page, "document.activeElement.id")).isEqualTo("time");
            assertThat(seen(page, "document.querySelector('.scroll').scrollLeft"))
                    .isEqualTo("30");
        }
    }
}
