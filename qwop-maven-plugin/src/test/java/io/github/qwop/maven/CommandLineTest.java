package io.github.qwop.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {

    @ParameterizedTest
    @CsvSource({
        "qwop.totalTimestep, qwop.totalTimesteps",
        "qwop.episodes, qwop.evaluate.episodes",
        "qwop.enviroment.framesPerStep, qwop.environment.framesPerStep",
        "qwop.framesPerStep, qwop.environment.framesPerStep",
        "qwop.gamma, qwop.learner.gamma",
        "qwop.learningrate, qwop.learner.learningRate",
        "qwop.bufferSize, qwop.learner.bufferSize",
        "qwop.learnr.netArch, qwop.learner.netArch",
        "qwop.minMeanDistance, qwop.gate.minMeanDistance",
        "qwop.jvmArgs, qwop.fork.jvmArgs",
        "qwop.sed, qwop.seed",
        "qwop.speed, qwop.watch.speed",
        "qwop.search.maxSeconds, qwop.gate.maxSeconds",
        "qwop.grid, qwop.grid.<setting>",
    })
    void guessesWhatIsMeant(String given, String meant) {
        Properties properties = new Properties();
        properties.setProperty(given, "1");

        assertThat(CommandLine.doubts(properties))
                .containsExactly("The property " + given + " is not used by this plugin; did you mean " + meant + "?");
    }

    @Test
    void leavesOthersAlone() {
        Properties properties = new Properties();
        properties.setProperty("qwop.seed", "1");
        properties.setProperty("qwop.learner.gama", "1");
        properties.setProperty("skipTests", "true");

        assertThat(CommandLine.doubts(properties)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"''| ''", "' '| ''", "a,,b| a;b", "a, \"b,c\" ,| a;b,c"})
    void nothingIsNoPath(String text, String paths) {
        assertThat(String.join(";", AbstractQwopMojo.paths(text))).isEqualTo(paths);
    }
}
