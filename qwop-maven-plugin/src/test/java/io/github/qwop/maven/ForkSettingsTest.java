package io.github.qwop.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.qwop.run.settings.SettingException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class ForkSettingsTest {

    private static final Path OTHERWISE = Path.of("otherwise");

    @Test
    void readsTheElement() {
        ForkSettings settings = ForkSettings.of(
                Map.of("jvmArgs", " -Xmx4g\n -Dx=y ", "environment", "A=1, B = 2=3", "sameProcess", "true"));

        assertThat(settings.jvmArgs()).containsExactly("-Xmx4g", "-Dx=y");
        assertThat(settings.environment()).isEqualTo(Map.of("A", "1", "B", "2=3"));
        assertThat(settings.sameProcess()).isTrue();
        assertThat(ForkSettings.of(Map.of("environment", "\"A=1,2\",B=\"3\"")).environment())
                .isEqualTo(Map.of("A", "1,2", "B", "\"3\""));
    }

    @Test
    void quotesKeepBlanksInAnArgument() {
        assertThat(arguments("\"-Dfile=C:\\my runs\\falls.csv\" -Xmx4g\t-Da='b \"c\"'d  ''"))
                .containsExactly("-Dfile=C:\\my runs\\falls.csv", "-Xmx4g", "-Da=b \"c\"d", "");
        assertThat(arguments("  ")).isEmpty();
        assertRefused("jvmArgs", "-Xmx4g \"-Da=b c", "fork.jvmArgs is [-Xmx4g \"-Da=b c], and what begins with \"");
    }

    private static List<String> arguments(String jvmArgs) {
        return ForkSettings.of(Map.of("jvmArgs", jvmArgs)).jvmArgs();
    }

    @Test
    void itsOwnJavaGoesBeforeAnyOther() {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");

        assertThat(ForkSettings.of(Map.of("java", java.toString()))
                        .jvm(OTHERWISE, List.of(), List.of())
                        .java())
                .isEqualTo(java);
        assertThat(ForkSettings.of(Map.of())
                        .jvm(OTHERWISE, List.of(), List.of())
                        .java())
                .isEqualTo(OTHERWISE);
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertRefused("jvmArg", "-Xmx4g", "fork.jvmArg is no setting; did you mean fork.jvmArgs?");
        assertRefused("java", "nowhere/java", "fork.java is \"nowhere/java\", which is no executable file");
        assertRefused("environment", "A", "fork.environment is \"A\": give NAME=value");
        assertRefused("sameProcess", "yes", "fork.sameProcess is \"yes\": give true or false.");
    }

    @Test
    void doubtsPropertiesThatLookMistyped() {
        Properties given = new Properties();
        given.setProperty("qwop.totalTimestep", "1");
        given.setProperty("qwop.totalTimesteps", "1");
        given.setProperty("qwop.learner.anything", "1");
        given.setProperty("other.totalTimestep", "1");

        assertThat(CommandLine.doubts(given))
                .containsExactly("The property qwop.totalTimestep is not used by this plugin; did you mean"
                        + " qwop.totalTimesteps?");
    }

    private static void assertRefused(String name, String value, String message) {
        assertThatThrownBy(() -> ForkSettings.of(Map.of(name, value)))
                .isInstanceOf(SettingException.class)
                .hasMessageStartingWith(message);
    }
}
