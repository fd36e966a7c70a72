package io.github.qwop.site;

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

/** The messages that the page on troubleshooting quotes are those that users meet. */
class TroubleshootingTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern QUOTED = Pattern.compile("(?m)^\\| `([^`]+)` \\|");

    /** Two literals joined over a line break. */
    private static final Pattern JOINT = Pattern.compile("\"\\s*\\+\\s*\"");

    private static String sources() throws IOException {
        StringBuilder text = new StringBuilder();
        for (String module : List.of("qwop-core", "qwop-maven-plugin")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve(Path.of("src", "main", "java")))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    text.append(Files.readString(file));
                }
            }
        }
        return JOINT.matcher(text).replaceAll("").replace("\\\"", "\"");
    }

    @Test
    void quotedMessagesAreThoseOfTheCode() throws IOException {
        String sources = sources();
        String page = Files.readString(ROOT.resolve(Path.of("src", "site", "markdown", "troubleshooting.md")));
        List<String> unknown = new ArrayList<>();
        int quoted = 0;
        Matcher message = QUOTED.matcher(page);
        while (message.find()) {
            quoted++;
            for (String part : message.group(1).split("…", -1)) {
                if (!sources.contains(part.strip())) {
                    unknown.add(part.strip());
                }
            }
        }
        assertThat(quoted).as("quoted messages").isPositive();
        assertThat(unknown)
                .as("parts of messages that no source has: quote them as they are now")
                .isEmpty();
    }
}
