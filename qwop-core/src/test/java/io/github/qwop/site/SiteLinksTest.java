package io.github.qwop.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every link within the site and the README leads somewhere. */
class SiteLinksTest {

    private static final Path ROOT = Path.of("..");
    private static final Path SITE = ROOT.resolve(Path.of("src", "site"));

    /** Made by {@code mvn site} in the plugin's own module. */
    private static final String GENERATED = "qwop-maven-plugin/";

    private static Map<String, String> pages() throws IOException {
        Map<String, String> pages = new TreeMap<>();
        try (Stream<Path> files = Files.list(SITE.resolve("markdown"))) {
            for (Path file : files.toList()) {
                pages.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        pages.put("site.xml", Files.readString(SITE.resolve("site.xml")));
        return pages;
    }

    private static boolean isResource(String target) {
        return target.startsWith(GENERATED)
                || Files.exists(SITE.resolve("resources").resolve(target));
    }

    @Test
    void pagesAndPicturesExist() throws IOException {
        assertThat(Links.broken(pages(), SiteLinksTest::isResource)).isEmpty();
    }

    @Test
    void pagesLinkToEachOtherAsSources() throws IOException {
        Map<String, String> pages = pages();
        List<String> rendered = new ArrayList<>();
        pages.forEach((page, text) -> Links.targets(text).stream()
                .filter(target -> page.endsWith(".md")
                        && target.matches("[^:/]+\\.html(#.*)?")
                        && pages.containsKey(target.replaceFirst("\\.html.*", ".md")))
                .forEach(target -> rendered.add(page + ": " + target)));
        assertThat(rendered)
                .as(
                        "links that a repository's browser cannot follow: name the .md file, which the site turns into .html")
                .isEmpty();
    }

    @Test
    void everyPageIsReachedFromTheMenu() throws IOException {
        Map<String, String> pages = pages();
        Set<String> linked = new HashSet<>();
        for (String target : Links.targets(pages.getOrDefault("site.xml", ""))) {
            linked.add(target.replaceFirst("\\.html$", ".md"));
        }
        assertThat(linked)
                .containsAll(pages.keySet().stream()
                        .filter(page -> page.endsWith(".md"))
                        .toList());
    }

    @Test
    void filesNamedByTheReadmeExist() throws IOException {
        Map<String, String> readme = Map.of("README.md", Files.readString(ROOT.resolve("README.md")));
        assertThat(Links.broken(readme, target -> Files.exists(ROOT.resolve(target))))
                .isEmpty();
    }

    @Test
    void brokenLinksAreFound() {
        Map<String, String> pages = Map.of("a.md", """
                # A page: 5 % `more`

                [fine](b.md#x) [fine](b.html) [fine](#A_page:_5_.25_more) [fine](https://example.org/none#y)
                [gone](c.md) [gone](b.md#y) ![gone](images/none.png) <img src="images/neither.png"/>
                `[code](no-link.md)`

                ```
                [code](no-link.md)
                ```
                """, "b.md", "<a id=\"x\"></a>\n");
        assertThat(Links.broken(pages, target -> false))
                .isEqualTo(List.of("a.md: c.md", "a.md: b.md#y", "a.md: images/none.png", "a.md: images/neither.png"));
    }
}
