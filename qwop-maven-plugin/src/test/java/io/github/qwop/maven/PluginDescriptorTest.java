package io.github.qwop.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What Maven, IDEs and the documentation are told about the goals: the generated descriptor is their only source. */
class PluginDescriptorTest {

    private static final List<String> GOALS = List.of(
            "train",
            "evaluate",
            "record",
            "gate",
            "certify",
            "replay",
            "export-onnx",
            "benchmark",
            "play",
            "watch",
            "help");

    @Test
    void everyGoalIsThere() throws Exception {
        assertThat(goals()).extracting(goal -> text(goal, "goal")).containsAll(GOALS);
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
                .containsAll(ownGoals().stream().map(goal -> text(goal, "goal")).toList());
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
