package io.github.qwop.maven;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.qwop.goal.Goal;
import io.github.qwop.goal.Goals;
import io.github.qwop.run.settings.Settings;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.RepositorySystemSession;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What Maven, IDEs and the documentation are told about the goals: the generated descriptor is their only source. */
class PluginDescriptorTest {

    /** What every goal has, and what the Mojo itself does: neither is a setting of the goal. */
    private static final List<String> OF_ALL_GOALS =
            List.of("outputDirectory", "fork", "progressInterval", "attach", "classifier");

    private static final String SENTINEL = "given-here";

    @Test
    void everyGoalOfTheLibraryHasAMojo() throws Exception {
        assertThat(ownGoals())
                .extracting(goal -> text(goal, "goal"))
                .containsExactlyInAnyOrderElementsOf(
                        Goals.ALL.stream().map(Goal::name).toList());
    }

    /** Defaults stand in the library's specs; what the documentation says of them is held against these. */
    @Test
    void everyParameterIsASettingOfItsGoalWithTheSameDefault() throws Exception {
        int compared = 0;
        for (Element goal : ownGoals()) {
            String name = text(goal, "goal");
            Map<String, String> known = Settings.flatten(Goals.named(name).defaults());
            for (Element parameter : parameters(goal)) {
                String parameterName = text(parameter, "name");
                String property = property(goal, parameterName);
                if (property.isEmpty() || parameterName.startsWith("skip") || OF_ALL_GOALS.contains(parameterName)) {
                    continue;
                }
                String setting = setting(text(goal, "implementation"), property);
                // A training's own stand in its run; a configuration file or a preset is read before there is any.
                String key = known.containsKey(setting) ? setting : "run." + setting;
                assertThat(known.containsKey(key) || List.of("config", "preset").contains(setting))
                        .as("%s of %s sets %s, one of %s", parameterName, name, setting, known.keySet())
                        .isTrue();
                String declared = declaredDefault(goal, parameterName);
                if (!declared.isEmpty() && !declared.startsWith("${")) {
                    assertThat(declared.replaceFirst("\\.0$", ""))
                            .as("default of %s in %s", parameterName, name)
                            .isEqualTo(known.getOrDefault(key, "nothing").replaceFirst("\\.0$", ""));
                    compared++;
                }
            }
        }
        assertThat(compared).isGreaterThan(15);
    }

    /** The setting that a Mojo makes of a property on the command line. */
    @SuppressWarnings({"deprecation", "NullAway"})
    private static String setting(String mojo, String property) throws Exception {
        DefaultMavenExecutionRequest request = new DefaultMavenExecutionRequest();
        Properties commandLine = new Properties();
        commandLine.setProperty(property, SENTINEL);
        request.setUserProperties(commandLine);
        request.setSystemProperties(new Properties());
        AbstractQwopMojo goal = Class.forName(mojo)
                .asSubclass(AbstractQwopMojo.class)
                .getDeclaredConstructor()
                .newInstance();
        set(goal, "session", new MavenSession(null, (RepositorySystemSession) null, request, null));
        set(goal, "project", new MavenProject());
        set(goal, "execution", new MojoExecution(plugin(), goal.goal(), "default-cli"));
        set(goal, "runId", "run");
        set(goal, "outputDirectory", new File("target"));
        return goal.request().settings().entrySet().stream()
                .filter(setting -> setting.getValue().endsWith(SENTINEL))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("nothing by " + property);
    }

    private static Plugin plugin() {
        Plugin plugin = new Plugin();
        plugin.setGroupId("io.github.qwop");
        plugin.setArtifactId("qwop-maven-plugin");
        return plugin;
    }

    private static void set(AbstractQwopMojo goal, String field, Object value) throws Exception {
        Field declared = AbstractQwopMojo.class.getDeclaredField(field);
        declared.setAccessible(true);
        declared.set(goal, value);
    }

    private static String property(Element goal, String parameter) {
        String expression =
                configuration(goal, parameter).map(Element::getTextContent).orElse("");
        return expression.startsWith("${") ? expression.substring(2, expression.length() - 1) : "";
    }

    private static String declaredDefault(Element goal, String parameter) {
        return configuration(goal, parameter)
                .map(element -> element.getAttribute("default-value"))
                .orElse("");
    }

    private static Optional<Element> configuration(Element goal, String parameter) {
        return elements(goal.getOwnerDocument(), parameter).stream()
                .filter(element -> element.getParentNode().getNodeName().equals("configuration"))
                .filter(element -> element.getParentNode().getParentNode() == goal)
                .findFirst();
    }

    @Test
    void everyGoalAndEveryParameterIsDescribed() throws Exception {
        for (Element goal : goals()) {
            String name = text(goal, "goal");
            assertThat(text(goal, "description")).as("description of %s", name).hasSizeGreaterThan(30);
            for (Element parameter : parameters(goal)) {
                assertThat(text(parameter, "description"))
                        .as("description of %s in %s", text(parameter, "name"), name)
                        .hasSizeGreaterThan(10)
                        .matches("(?s).*\\S[.)>]\\s*");
            }
        }
    }

    @Test
    void everyGoalCanBeSkippedAloneAndWithAllOthers() throws Exception {
        for (Element goal : ownGoals()) {
            assertThat(parameters(goal))
                    .as(text(goal, "goal"))
                    .extracting(parameter -> text(parameter, "name"))
                    .contains("skip")
                    .anyMatch(name -> name.matches("skip.+"));
        }
    }

    /** Maven takes whatever is not "true" for false; read by the plugin, {@code yes} is refused by name. */
    @Test
    void noParameterIsReadAsABooleanByMaven() throws Exception {
        for (Element goal : ownGoals()) {
            assertThat(parameters(goal))
                    .as(text(goal, "goal"))
                    .extracting(parameter -> text(parameter, "type"))
                    .doesNotContain("boolean", "java.lang.Boolean");
        }
    }

    @Test
    void goalsRunSideBySide() throws Exception {
        for (Element goal : goals()) {
            assertThat(text(goal, "threadSafe")).as(text(goal, "goal")).isEqualTo("true");
        }
    }

    @Test
    void onlyCostlyAndEndlessGoalsHaveNoPhase() throws Exception {
        assertThat(ownGoals())
                .filteredOn(goal -> text(goal, "phase").isEmpty())
                .extracting(goal -> text(goal, "goal"))
                .contains("train", "benchmark", "play", "watch")
                .doesNotContain("evaluate", "record", "gate", "certify", "replay", "export-onnx");
    }

    @Test
    void idesAreToldToLeaveEveryGoalAlone() throws Exception {
        List<String> ignored = new ArrayList<>();
        for (Element goal : elements(read("/META-INF/m2e/lifecycle-mapping-metadata.xml"), "goal")) {
            ignored.add(goal.getTextContent());
        }
        assertThat(ignored)
                .containsExactlyInAnyOrderElementsOf(
                        ownGoals().stream().map(goal -> text(goal, "goal")).toList());
    }

    @Test
    void theJarsOfPluginAndLibraryCarryNoticeAndLicence() throws Exception {
        List<URL> ours = new ArrayList<>();
        for (URL notice :
                Collections.list(PluginDescriptorTest.class.getClassLoader().getResources("META-INF/NOTICE"))) {
            if (text(notice).contains("QWOP is a game by Bennett Foddy")) {
                ours.add(notice);
            }
        }
        assertThat(ours).hasSize(2);
        for (URL notice : ours) {
            assertThat(text(new URL(notice, "LICENSE"))).contains("Apache License");
        }
    }

    private static String text(URL file) throws IOException {
        try (InputStream in = file.openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<Element> goals() throws Exception {
        return elements(read("/META-INF/maven/plugin.xml"), "mojo");
    }

    /** All but the generated {@code help}. */
    private static List<Element> ownGoals() throws Exception {
        return goals().stream()
                .filter(goal -> !text(goal, "goal").equals("help"))
                .toList();
    }

    /** Those that a user can set. */
    private static List<Element> parameters(Element goal) {
        return elements(goal.getOwnerDocument(), "parameter").stream()
                .filter(parameter -> parameter.getParentNode().getParentNode() == goal)
                .filter(parameter -> text(parameter, "editable").equals("true"))
                .toList();
    }

    private static Document read(String resource) throws Exception {
        try (InputStream in =
                Objects.requireNonNull(PluginDescriptorTest.class.getResourceAsStream(resource), resource)) {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
        }
    }

    private static List<Element> elements(Document document, String name) {
        NodeList nodes = document.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    /** The text of a child, empty if there is none. */
    private static String text(Element parent, String child) {
        for (var node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(child)) {
                return element.getTextContent().strip();
            }
        }
        return "";
    }
}
