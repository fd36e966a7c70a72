package io.github.qwop.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Properties;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.Parameter;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.codehaus.plexus.configuration.DefaultPlexusConfiguration;
import org.junit.jupiter.api.Test;

/** A property that is some goal's, and not that of the goal that was asked for. */
class UnusedTest {

    private final PluginDescriptor descriptor = new PluginDescriptor();
    private final Properties given = new Properties();
    private final MojoDescriptor search;

    UnusedTest() throws Exception {
        descriptor.setGoalPrefix("qwop");
        descriptor.setArtifactId("qwop-maven-plugin");
        goal("train", "threads", "qwop.threads", "environment", "", "learner", "");
        goal(
                "evaluate",
                "threads",
                "qwop.threads",
                "environment",
                "",
                "gate",
                "",
                "skipEvaluate",
                "qwop.skip.evaluate");
        search = goal("search", "threads", "qwop.search.threads", "gate", "", "runId", "qwop.runId");
    }

    /** Parameters by name and property; a group has none. */
    private MojoDescriptor goal(String name, String... parameters) throws Exception {
        MojoDescriptor goal = new MojoDescriptor();
        goal.setGoal(name);
        goal.setPluginDescriptor(descriptor);
        DefaultPlexusConfiguration configuration = new DefaultPlexusConfiguration("configuration");
        for (int i = 0; i < parameters.length; i += 2) {
            Parameter parameter = new Parameter();
            parameter.setName(parameters[i]);
            goal.addParameter(parameter);
            if (!parameters[i + 1].isEmpty()) {
                configuration.addChild(parameters[i], "${" + parameters[i + 1] + "}");
            }
        }
        goal.setMojoConfiguration(configuration);
        descriptor.addMojo(goal);
        return goal;
    }

    private List<String> doubts(String... asked) {
        return Unused.doubts(new MojoExecution(search, "default-cli", MojoExecution.Source.CLI), List.of(asked), given);
    }

    @Test
    void isToldWithTheGoalsThatHaveIt() {
        given.setProperty("qwop.environment.framesPerStep", "2");
        given.setProperty("qwop.threads", "2");
        given.setProperty("qwop.runId", "r");
        given.setProperty("qwop.gate.maxSeconds", "45");
        given.setProperty("qwop.skip.evaluate", "true");
        given.setProperty("qwop.unheard.of", "told elsewhere");
        List<String> told = List.of(
                "qwop:search does not use qwop.environment.framesPerStep, which is a setting of evaluate, train: leave it"
                        + " out.",
                "qwop:search does not use qwop.threads, which is a setting of evaluate, train: is qwop.search.threads"
                        + " meant?");

        assertThat(doubts("qwop:search")).isEqualTo(told);
        assertThat(doubts("io.github.qwop:qwop-maven-plugin:0.1.0:search")).isEqualTo(told);
        assertThat(doubts("qwop:search@long")).isEqualTo(told);
    }

    @Test
    void aStudyHasSeedsAndANameOfItsOwn() throws Exception {
        MojoDescriptor sweep =
                goal("sweep", "seed", "qwop.seed", "runId", "qwop.runId", "drawSeed", "qwop.sweep.seed", "grid", "");
        goal("certify", "seed", "qwop.seed");
        given.setProperty("qwop.seed", "2");
        given.setProperty("qwop.runId", "r");
        MojoExecution execution = new MojoExecution(sweep, "default-cli", MojoExecution.Source.CLI);

        assertThat(Unused.doubts(execution, List.of("qwop:sweep"), given))
                .containsExactly(
                        "qwop:sweep does not use qwop.runId, which is a setting of search: is qwop.studyId meant?",
                        "qwop:sweep does not use qwop.seed, which is a setting of certify: is qwop.seeds meant?");
        assertThat(Unused.doubts(execution, List.of("qwop:sweep", "qwop:search", "qwop:certify"), given))
                .isEmpty();
    }

    @Test
    void isNothingToTellWhereAnotherGoalMayHaveIt() {
        given.setProperty("qwop.environment.framesPerStep", "2");

        assertThat(doubts("qwop:train", "qwop:search")).isEmpty();
        assertThat(doubts("verify", "qwop:search"))
                .as("a phase has goals of its own")
                .isEmpty();
        assertThat(Unused.doubts(
                        new MojoExecution(search, "found", MojoExecution.Source.LIFECYCLE), List.of("verify"), given))
                .isEmpty();
    }
}
