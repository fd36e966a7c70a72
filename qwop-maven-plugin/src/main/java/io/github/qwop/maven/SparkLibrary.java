package io.github.qwop.maven;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.plugin.MojoExecutionException;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;

/** Apache Spark with all that it needs: 230 MB that only goals which work on it download. */
record SparkLibrary(RepositorySystem resolver, RepositorySystemSession session, List<RemoteRepository> repositories) {

    /** Spark logs by a library of its own; two of them would be in each other's way. */
    private static final String LOG = "slf4j-jdk14";

    /**
     * The class path of a JVM that works on Spark: what Spark needs in Spark's versions, and the plugin's own besides.
     *
     * @param master whose kind decides what of Spark is needed: the core, and a library for some kinds of cluster
     * @param version Spark's
     */
    List<Path> with(List<Artifact> pluginArtifacts, String master, String version) throws MojoExecutionException {
        List<Path> classPath = new ArrayList<>();
        Set<String> known = new HashSet<>(Set.of(LOG));
        try {
            CollectRequest request = new CollectRequest().setRepositories(repositories);
            for (String name : names(master)) {
                request.addDependency(
                        new Dependency(new DefaultArtifact("org.apache.spark", name, "jar", version), "runtime"));
            }
            for (ArtifactResult one : resolver.resolveDependencies(session, new DependencyRequest(request, null))
                    .getArtifactResults()) {
                classPath.add(one.getArtifact().getFile().toPath());
                known.add(one.getArtifact().getArtifactId());
            }
        } catch (DependencyResolutionException e) {
            throw new MojoExecutionException(
                    "Apache Spark, version " + version
                            + ", could not be resolved: check the network or the repository manager and cluster.version,"
                            + " then build again.",
                    e);
        }
        for (Artifact artifact : pluginArtifacts) {
            if (!known.contains(artifact.getArtifactId())) {
                classPath.add(artifact.getFile().toPath());
            }
        }
        return classPath;
    }

    private static List<String> names(String master) {
        List<String> names = new ArrayList<>(List.of("spark-core_2.13"));
        if (master.startsWith("k8s:")) {
            names.add("spark-kubernetes_2.13");
        } else if (master.equals("yarn")) {
            names.add("spark-yarn_2.13");
        }
        return names;
    }
}
