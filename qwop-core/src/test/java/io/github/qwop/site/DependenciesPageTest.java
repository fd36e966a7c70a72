package io.github.qwop.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every dependency earns a line on the page that names them. */
class DependenciesPageTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern DEPENDENCY = Pattern.compile(
            "(?s)<(dependency|path)>\\s*<groupId>([^<]+)</groupId>\\s*<artifactId>([^<]+)</artifactId>");

    private static Set<String> artifacts(String pom) throws IOException {
        Set<String> artifacts = new TreeSet<>();
        Matcher dependency = DEPENDENCY.matcher(Files.readString(ROOT.resolve(pom)));
        while (dependency.find()) {
            if (!dependency.group(2).equals("io.github.qwop")) {
                artifacts.add(dependency.group(3));
            }
        }
        return artifacts;
    }

    @Test
    void eachIsNamed() throws IOException {
        String page = Files.readString(ROOT.resolve(Path.of("src", "site", "markdown", "dependencies.md")));
        for (String module : List.of("qwop-core", "qwop-maven-plugin")) {
            assertThat(artifacts(module + "/pom.xml"))
                    .as("dependencies of %s: say on dependencies.md what each is for", module)
                    .isNotEmpty()
                    .allMatch(artifact -> Pattern.compile("[`:]" + Pattern.quote(artifact) + "`")
                            .matcher(page)
                            .find());
        }
    }
}
