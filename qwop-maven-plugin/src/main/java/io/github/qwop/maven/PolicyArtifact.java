package io.github.qwop.maven;

import io.github.qwop.run.settings.SettingException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;

/** Maven coordinates that stand where a policy's or a baseline's file may stand. */
final class PolicyArtifact {

    /** What an exported policy is attached as. */
    static final String EXTENSION = "onnx";

    static final String CLASSIFIER = "policy";

    /** What the plugin's files end with: it is this part that tells the two orders apart. */
    private static final Set<String> EXTENSIONS = Set.of(EXTENSION, "zip", "json");

    /** A path has slashes; names in coordinates have none. */
    private static final Pattern PART = Pattern.compile("[^\\s/\\\\:]+");

    private static final int MOST_PARTS = 5;

    private PolicyArtifact() {}

    /**
     * Reads {@code groupId:artifactId:version}, which means an exported policy, {@code groupId:artifactId:version:type}
     * or {@code groupId:artifactId:version:type:classifier}; or Maven Resolver's order, in which the version comes
     * last.
     *
     * @param name of the setting, for messages
     * @return nothing for what is a path
     * @throws SettingException for what is neither
     */
    static Optional<Artifact> parse(String name, String text) {
        String stripped = text.strip();
        List<String> parts = Arrays.asList(stripped.split(":", -1));
        if (parts.size() < 2
                || isOnADrive(parts)
                || !parts.stream()
                        .allMatch(part -> part.isEmpty() || PART.matcher(part).matches())) {
            return Optional.empty();
        }
        if (parts.size() == 2 || parts.size() > MOST_PARTS || parts.contains("")) {
            throw refused(name, text);
        }
        String group = parts.get(0);
        String artifact = parts.get(1);
        List<String> rest = parts.subList(2, parts.size());
        if (rest.size() == 1) {
            return Optional.of(new DefaultArtifact(group, artifact, CLASSIFIER, EXTENSION, rest.get(0)));
        }
        if (EXTENSIONS.contains(rest.get(1))) {
            return Optional.of(new DefaultArtifact(
                    group, artifact, rest.size() == 3 ? rest.get(2) : "", rest.get(1), rest.get(0)));
        }
        if (EXTENSIONS.contains(rest.get(0))) {
            return Optional.of(new DefaultArtifact(
                    group, artifact, rest.size() == 3 ? rest.get(1) : "", rest.get(0), rest.get(rest.size() - 1)));
        }
        throw refused(name, text);
    }

    /** Windows: a file in a drive's own folder. */
    private static boolean isOnADrive(List<String> parts) {
        return parts.size() == 2 && parts.get(0).length() == 1;
    }

    private static SettingException refused(String name, String text) {
        return new SettingException(name + " is \"" + text
                + "\", which is neither a file that exists nor coordinates: give a path, or coordinates such as"
                + " com.acme:runner:1.4:onnx:policy.");
    }

    /** The coordinates as this plugin's users write them. */
    static String text(Artifact artifact) {
        return artifact.getGroupId() + ":" + artifact.getArtifactId() + ":" + artifact.getVersion() + ":"
                + artifact.getExtension()
                + (artifact.getClassifier().isEmpty() ? "" : ":" + artifact.getClassifier());
    }
}
