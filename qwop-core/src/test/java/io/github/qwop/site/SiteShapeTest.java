package io.github.qwop.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The site can be read by day, by night and on a phone, and a long page says first what is on it. */
class SiteShapeTest {

    private static final Path SITE = Path.of("..", "src", "site");
    private static final String SECTIONS = "<!-- MACRO{toc|fromDepth=2|toDepth=2|class=sections} -->";
    private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```$");
    private static final Pattern SECTION = Pattern.compile("(?m)^(<a id=\"[^\"]*\"></a>\\s+)?## ");
    private static final Pattern VARIABLE = Pattern.compile("(--[a-z-]+):");

    /** The home page has no such list because it is one, and that of the goals has a table of them. */
    private static final List<String> LISTS = List.of("index.md", "goals.md");

    @Test
    void longPagesBeginWithTheirSections() throws IOException {
        Map<String, String> without = new TreeMap<>();
        try (Stream<Path> files = Files.list(SITE.resolve("markdown"))) {
            for (Path file : files.toList()) {
                String name = String.valueOf(file.getFileName());
                String text = FENCED.matcher(Files.readString(file)).replaceAll("");
                String[] parts = SECTION.split(text, -1);
                if (parts.length > 4
                        && !LISTS.contains(name)
                        && !parts[0].strip().endsWith(SECTIONS)) {
                    without.put(name, parts.length - 1 + " sections");
                }
            }
        }
        assertThat(without)
                .as("long pages that do not have %s before their first section", SECTIONS)
                .isEmpty();
    }

    @Test
    void theRunnerIsOnTheFirstScreen() throws IOException {
        String home = Files.readString(SITE.resolve("markdown/index.md"));
        assertThat(SECTION.split(home, -1)[0].indexOf("images/runner.gif")).isBetween(1, 800);
    }

    @Test
    void everyColourIsThereByNight() throws IOException {
        String css = Files.readString(SITE.resolve("resources/css/site.css"));
        int night = css.indexOf("@media (prefers-color-scheme: dark)");
        assertThat(night).isPositive();
        String lists = css.substring(0, css.indexOf("body {", night));
        assertThat(names(lists.substring(night))).isNotEmpty().isEqualTo(names(lists.substring(0, night)));
        assertThat(css.substring(lists.length()))
                .as("colours are in the two lists alone")
                .doesNotContainPattern("#[0-9a-f]{3,6}\\b[^{]*;");
    }

    private static Set<String> names(String css) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = VARIABLE.matcher(css);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }
}
