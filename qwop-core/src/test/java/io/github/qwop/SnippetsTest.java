package io.github.qwop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Code in the documentation is code that runs: a fenced block below a comment {@code <!-- from examples/… -->} stands
 * line by line in that file, but for its indentation.
 */
class SnippetsTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern SNIPPET =
            Pattern.compile("<!-- from (\\S+) -->\\s*```\\w*\\n(.*?)```", Pattern.DOTALL);

    @Test
    void codeInThePagesStandsInTheExamples() throws IOException {
        List<String> pages = new ArrayList<>();
        int snippets = 0;
        try (Stream<Path> files = Files.list(ROOT.resolve("src/site/markdown"))) {
            for (Path page :
                    files.filter(file -> file.toString().endsWith(".md")).toList()) {
                String text = Files.readString(page);
                Matcher matcher = SNIPPET.matcher(text);
                int found = 0;
                while (matcher.find()) {
                    found++;
                    assertThat(flat(Files.readString(ROOT.resolve(matcher.group(1)))))
                            .as("%s, taken from %s", page.getFileName(), matcher.group(1))
                            .contains(flat(matcher.group(2)));
                }
                assertThat(found)
                        .as("snippets of %s with a fenced block", page.getFileName())
                        .isEqualTo(text.split("<!-- from ", -1).length - 1);
                snippets += found;
                pages.add(String.valueOf(page.getFileName()));
            }
        }
        assertThat(pages).contains("extending.md", "kotlin.md", "onnx.md", "ci.md", "tensorboard.md");
        assertThat(snippets).isPositive();
    }

    /** Lines without their indentation. */
    private static String flat(String text) {
        StringBuilder flat = new StringBuilder("\n");
        text.lines().forEach(line -> flat.append(line.strip()).append('\n'));
        return flat.toString();
    }
}
