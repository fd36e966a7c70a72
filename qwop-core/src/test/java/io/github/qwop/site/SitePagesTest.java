package io.github.qwop.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The site's generated pages say what the sources say. */
class SitePagesTest {

    private static final Path PAGES = Path.of("..", "src", "site", "markdown");
    private static final String REGENERATE =
            "mvn -pl qwop-core test -Dtest=SitePagesTest -Dqwop.updatePages=true, and commit what it writes";
    private static final Pattern EMPTY_MEANING = Pattern.compile("(?m)^\\|.*\\|\\s*\\|$");

    @Test
    void settingsAreUpToDateAndDescribed() throws IOException {
        check("settings.md", SettingsPage.text());
    }

    @Test
    void goalsAreUpToDateAndDescribed() throws IOException {
        check("goals.md", GoalsPage.text());
    }

    private static void check(String name, String text) throws IOException {
        assertThat(text)
                .as("a row without a meaning in %s: describe it in Javadoc", name)
                .doesNotContainPattern(EMPTY_MEANING);
        Path page = PAGES.resolve(name);
        if (Boolean.getBoolean("qwop.updatePages")) {
            Files.writeString(page, text);
        }
        assertThat(Files.exists(page) ? Files.readString(page).replace("\r\n", "\n") : "")
                .as("%s is out of date; run %s", page, REGENERATE)
                .isEqualTo(text);
    }
}
