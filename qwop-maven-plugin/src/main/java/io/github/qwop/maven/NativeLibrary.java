package io.github.qwop.maven;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.plugin.MojoExecutionException;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;

/**
 * PyTorch's native library for this machine: published per system, so it cannot be a plain dependency of the plugin.
 */
record NativeLibrary(RepositorySystem resolver, RepositorySystemSession session, List<RemoteRepository> repositories) {

    /** The jar with the native library that fits the PyTorch bridge among the plugin's own artifacts. */
    Path resolve(List<Artifact> pluginArtifacts) throws MojoExecutionException {
        String classifier = classifier(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
        String bridge = pluginArtifacts.stream()
                .filter(artifact -> artifact.getArtifactId().equals("pytorch-jni"))
                .map(Artifact::getBaseVersion)
                .findFirst()
                .orElseThrow(
                        () -> new MojoExecutionException("The plugin's dependencies lack ai.djl.pytorch:pytorch-jni:"
                                + " remove the exclusion from the plugin's declaration."));
        // The bridge's version is PyTorch's, a dash and DJL's.
        String version = bridge.substring(0, bridge.indexOf('-'));
        DefaultArtifact library =
                new DefaultArtifact("ai.djl.pytorch", "pytorch-native-cpu", classifier, "jar", version);
        try {
            return resolver.resolveArtifact(session, new ArtifactRequest(library, repositories, null))
                    .getArtifact()
                    .getFile()
                    .toPath();
        } catch (ArtifactResolutionException e) {
            throw new MojoExecutionException(
                    "PyTorch's native library " + library
                            + " could not be resolved: check the network or the repository manager, then build again.",
                    e);
        }
    }

    /** The classifier under which PyTorch is published for a system. */
    static String classifier(String osName, String osArch) throws MojoExecutionException {
        String os = osName.toLowerCase(Locale.ROOT);
        String arch =
                switch (osArch.toLowerCase(Locale.ROOT)) {
                    case "amd64", "x86_64" -> "x86_64";
                    case "aarch64", "arm64" -> "aarch64";
                    default -> osArch;
                };
        if (os.startsWith("linux") && (arch.equals("x86_64") || arch.equals("aarch64"))) {
            return "linux-" + arch;
        }
        if (os.startsWith("mac") && arch.equals("aarch64")) {
            return "osx-aarch64";
        }
        if (os.startsWith("windows") && arch.equals("x86_64")) {
            return "win-x86_64";
        }
        throw new MojoExecutionException("PyTorch is not published for " + osName + " on " + osArch
                + ": train on Linux (x86-64, aarch64), macOS (Apple silicon) or Windows (x86-64).");
    }
}
